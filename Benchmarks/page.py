"""The measured blocks of README.md, one a workload, between markers; what is written by hand around them is kept."""

import re


class MarkerMissing(Exception):
    """The page has no place for a workload's figures."""


def markers(name):
    return f"<!-- bench:{name} -->", f"<!-- /bench:{name} -->"


def replaced(page, name, block):
    """The page with another block for the workload."""
    begin, end = markers(name)
    pattern = re.compile(re.escape(begin) + r".*?" + re.escape(end), re.DOTALL)
    if len(pattern.findall(page)) != 1:
        raise MarkerMissing(f"README.md needs '{begin}' and '{end}' once each")
    return pattern.sub(lambda _: f"{begin}\n{block}\n{end}", page)
