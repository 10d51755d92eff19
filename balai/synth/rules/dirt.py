"""Errors as real registers have them, on request: typing errors in names, gaps, people who are entered twice."""

from dataclasses import replace

import numpy as np

from balai.synth.rules.identity import Identity, Texts
from balai.synth.rules.margins import Bools, Ints, margins

# What a typist does to a name, and spellings of before 1972.
SLIPS = (("u", "oe"), ("y", "j"), ("a", "aa"), ("n", "nn"), ("i", "e"), ("h", ""), ("r", "t"), ("s", "sy"), ("j", "dj"))


def soil(rng: np.random.Generator, identity: Identity, share: float) -> Identity:
    """So many of the people (0 to 1) have an error: a typing error in the name, or a gap."""
    told, count = margins()["dirt"], len(identity.name)
    hit = rng.random(count) < share * (told["typing"] + told["gap"])
    typed = rng.random(count) < told["typing"] / (told["typing"] + told["gap"])
    missing = rng.random(count) < 1 / 2
    return replace(
        identity,
        name=slipped(rng, identity.name, hit & typed),
        nik=np.where(hit & ~typed & missing, "", identity.nik),
        born=np.where(hit & ~typed & ~missing, np.datetime64("NaT"), identity.born),
    )


def slipped(rng: np.random.Generator, names: Texts, here: Bools) -> Texts:
    found = names.copy()
    for place, slip in zip(np.nonzero(here)[0], rng.integers(len(SLIPS), size=int(here.sum())), strict=True):
        old, new = SLIPS[slip]
        written = found[place].replace(old, new, 1)
        found[place] = written if written != found[place] else found[place] + found[place][-1]
    return found


def doubles(rng: np.random.Generator, families: int, share: float) -> Ints:
    """The families that are entered a second time."""
    return np.nonzero(rng.random(families) < share * margins()["dirt"]["double"])[0]
