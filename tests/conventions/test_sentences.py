"""Every sentence that a person reads can be read in two languages."""

import re

from tools.messages import collected, untranslated

PLACES = re.compile(r"%\((\w+)\)|%(?=[sd])|\{(\w*)\}")


def places(sentence):
    return sorted(PLACES.findall(sentence))


def test_every_sentence_has_an_english_one():
    assert untranslated(collected()) == []


def test_an_english_sentence_has_the_places_of_the_indonesian_one():
    pairs = [
        (message.id, message.string)
        for message in collected()
        if isinstance(message.id, str) and message.id and message.string
    ]
    assert [said for said, english in pairs if places(said) != places(english)] == []
