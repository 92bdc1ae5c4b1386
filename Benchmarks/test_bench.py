"""What the figures of a workload become: python3 -B -m unittest test_bench, in this folder."""

import re
import unittest

from bench import HERE, WORKLOADS
from contest import Contest, Entry, entry, number, table
from page import MarkerMissing, markers, replaced
from tools import Failure, interleave


class ContestTests(unittest.TestCase):
    def goals(self, contest):
        return [(words, met) for _, words, met in contest.goals()]

    def test_less_time_is_better_and_the_best_of_each_is_compared(self):
        contest = Contest(
            "wall", "s", ours=Entry("populace", [2.0, 1.0]), others=[Entry("rival", [9.0, 5.0, 7.0], wanted=5)]
        )
        self.assertEqual(contest.ratio(contest.others[0]), 5)
        self.assertEqual(contest.others[0].median(), 7)
        self.assertEqual(self.goals(contest), [(">= 5x", True)])

    def test_more_of_a_rate_is_better(self):
        contest = Contest(
            "rate", "/s", more=True, ours=Entry("populace", [3.0, 4.0]), others=[Entry("rival", [2.0], wanted=2.5)]
        )
        self.assertEqual(contest.ratio(contest.others[0]), 2)
        self.assertEqual(self.goals(contest), [(">= 2.5x", False)])

    def test_a_bound_of_nothing_is_met_by_nothing_alone(self):
        for value, met in [(0.0, True), (1e-12, False)]:
            self.assertEqual(
                self.goals(Contest("difference", "", ours=Entry("populace", [value]), bound=0)), [("<= 0", met)]
            )

    def test_a_repeat_with_its_own_median_gives_both(self):
        one = Entry("populace", [(1.0, 2.0), (1.5, 4.0)])
        self.assertEqual((Contest("time", "ms", ours=one).best(one), one.median()), (1.0, 3.0))

    def test_who_failed_is_reported_and_leaves_its_goal_unknown(self):
        contest = Contest(
            "wall",
            "s",
            ours=Entry("populace", [1.0]),
            others=[entry("rival", Failure("no | such module"), float, wanted=2), entry("other", [4], float)],
        )
        self.assertEqual(self.goals(contest), [(">= 2x", None)])
        rows = table([contest]).splitlines()[3:]
        self.assertEqual(rows[0], "|  | rival | failed: no / such module |  |  |  | >= 2x: not known |")
        self.assertEqual(rows[1], "|  | other | 4 | 4 | 1 | 4x |  |")

    def test_a_figure_that_is_not_there_is_a_failure(self):
        self.assertEqual(entry("populace", [{"a": 1}], lambda one: one["b"]).failure, "no figure 'b' in what it wrote")

    def test_numbers_keep_three_digits_and_no_exponent(self):
        self.assertEqual(
            [number(value) for value in [0, 1234567.8, 45.67, 0.04025, 0.0000123]],
            ["0", "1,234,568", "45.7", "0.0403", "0.000012"],
        )


class TurnTests(unittest.TestCase):
    def test_everybody_takes_turns_and_who_fails_once_is_left_out(self):
        order = []

        def runner(name, fails=False):
            def run():
                order.append(name)
                if fails:
                    raise Failure("broke")
                return {"n": len(order)}

            return run

        found = interleave({"a": runner("a"), "b": runner("b", fails=True), "c": runner("c")}, 3, seldom={"c": 2})
        self.assertEqual(order, ["a", "b", "c", "a", "c", "a"])
        self.assertEqual((len(found["a"]), str(found["b"]), len(found["c"])), (3, "broke", 2))


class PageTests(unittest.TestCase):
    def test_what_is_written_by_hand_is_kept(self):
        begin, end = markers("kernel")
        page = f"by hand\n{begin}\nold\n{end}\nafter \\1\n"
        self.assertEqual(replaced(page, "kernel", "new \\1"), f"by hand\n{begin}\nnew \\1\n{end}\nafter \\1\n")

    def test_a_page_without_a_place_is_an_error(self):
        with self.assertRaises(MarkerMissing):
            replaced("nothing", "kernel", "new")

    def test_the_page_has_one_place_for_each_workload_and_no_other(self):
        page = (HERE / "README.md").read_text()
        self.assertEqual(sorted(re.findall(r"<!-- bench:(\w+) -->", page)), sorted(WORKLOADS))
        for name in WORKLOADS:
            replaced(page, name, "")


if __name__ == "__main__":
    unittest.main()
