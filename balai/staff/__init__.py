"""How officers look after the people of their own regions: the list, one person's page, handing over, importing.

Who holds what and who may give it stands in `accounts`; here are the pages and lists with which officers work on it.
"""
