import pytest

from balai.config import postgres

APP, OWNER = "postgresql://balai_masuk:a@db/balai", "postgresql://balai_pemilik:b@db/balai"


def test_with_one_login_the_app_leaves_the_rights_of_the_owner():
    found = postgres.databases(OWNER)
    assert found["default"]["OPTIONS"]["assume_role"] == "balai_app"
    assert "assume_role" not in found["owner"].get("OPTIONS", {})
    assert found["default"]["USER"] == found["owner"]["USER"] == "balai_pemilik"


def test_with_two_logins_each_does_its_own():
    found = postgres.databases(APP, OWNER)
    assert "assume_role" not in found["default"].get("OPTIONS", {})
    assert (found["default"]["USER"], found["owner"]["USER"]) == ("balai_masuk", "balai_pemilik")


def test_what_the_address_says_of_the_connection_is_kept():
    assert postgres.databases(APP + "?sslmode=require")["default"]["OPTIONS"] == {
        "sslmode": "require",
        "assume_role": "balai_app",
    }


@pytest.mark.parametrize(("aliases", "alias"), [({"default"}, "default"), ({"default", "owner"}, "owner")])
def test_tables_are_made_by_the_owner_where_there_is_one(aliases, alias):
    assert postgres.owners(aliases) == alias
