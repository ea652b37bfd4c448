#include "tests/golden/sample_scorecards.hpp"

namespace onsite::testing {
namespace {

Criterion by_checks(std::string id, std::string title, int weight, int followup,
                    std::vector<std::string> checks, std::vector<std::string> behaviours) {
    Criterion criterion{.id = std::move(id),
                        .title = std::move(title),
                        .weight = weight,
                        .judge = Judge::checks,
                        .followup = followup,
                        .checks = std::move(checks),
                        .evidence = {},
                        .levels = {}};
    constexpr int kPercents[] = {0, 40, 80, 100};
    for (int level = 1; level <= kLevelMax; ++level) {
        const auto at = static_cast<std::size_t>(level - 1);
        criterion.levels.push_back(
            {.level = level, .percent = kPercents[at], .behaviour = behaviours[at]});
    }
    return criterion;
}

Rubric sample_rubric() {
    Rubric rubric{.exercise = "reconciliation", .version = 1, .criteria = {}};
    rubric.criteria.push_back(by_checks(
        "unmatched", "Finds every unmatched transaction", 40, 0,
        {"agrees_with_the_model", "order_does_not_matter", "edge_feeds"},
        {"misses unmatched transactions in ordinary feeds",
         "finds them in ordinary feeds, but not in every order or at the edges",
         "finds them in nearly every feed; one law does not hold",
         "finds every unmatched transaction of both feeds, whatever their order and size"}));
    rubric.criteria.push_back(by_checks(
        "growth", "Needs time in proportion to the rows", 20, 0, {"grows_linearly"},
        {"time grows faster than n log n: millions of rows are out of reach",
         "grows in proportion only for small feeds", "grows like n log n for some feeds",
         "time grows like O(n + m): a row costs the same in a large feed as in a small one"}));
    rubric.criteria.push_back(
        by_checks("tests", "Tests their own answer", 10, 0, {"own_tests_kill_mutants"},
                  {"tests notice few of the wrong solutions", "tests notice many wrong solutions",
                   "tests notice most wrong solutions", "tests notice every wrong solution"}));
    rubric.criteria.push_back(by_checks(
        "discrepancies", "Says what differs between two rows", 20, 1, {"names_what_differs"},
        {"does not report discrepancies", "reports some", "reports nearly all",
         "names exactly what differs, in both feeds"}));
    Criterion clarity = by_checks("clarity", "Is clear to read", 10, 0, {},
                                  {"hard to follow", "readable", "clear", "a pleasure to read"});
    clarity.judge = Judge::person;
    clarity.evidence = {"the names of functions and variables",
                        "whether each function does one job"};
    rubric.criteria.push_back(clarity);
    return rubric;
}

GradeFacts sample_facts() {
    GradeFacts facts;
    facts.exercise = "reconciliation";
    facts.title = "Reconcile two feeds of transactions";
    facts.attempt = "reconciliation-2";
    facts.language = "cpp";
    facts.content_hash = "3f2a9c5de8b14076a1d2c3b4e5f60718293a4b5c6d7e8f901a2b3c4d5e6f7081";
    facts.seed = 42;
    facts.toolchain = "g++ 12.2.0 -O2";
    facts.isolation = {.layers = LayerSet::all(), .level = IsolationLevel::full, .notes = {}};
    facts.started_at_ms = 1'772'359'872'000;
    facts.graded_at_ms = facts.started_at_ms + 31 * 60'000;
    facts.duration_ms = 12'345;
    facts.minutes_allowed = 45;
    facts.followups_revealed = 1;
    facts.followups_total = 2;
    facts.hints_used = 1;
    facts.replay = "./onsite grade reconciliation-2 --seed 42";
    return facts;
}

Verdict wrong(std::string check, std::string message, std::string story) {
    Verdict verdict = failed(std::move(check), Cause::wrong_answer, std::move(message));
    verdict.cases = 17;
    verdict.evidence.story = std::move(story);
    verdict.evidence.case_json = R"({"name":"smallest","ledger":[["t1","100","USD"]],"bank":[]})";
    return verdict;
}

Verdict growing(Verdict verdict, double subject_ms_at_a_million) {
    verdict.cases = 21;
    verdict.evidence.growth = {{10'000, 4.1, 1.9},
                               {100'000, 0.1 * subject_ms_at_a_million, 20.4},
                               {1'000'000, subject_ms_at_a_million, 231}};
    return verdict;
}

Verdict tests_killed(int percent, const std::string& message) {
    Verdict verdict = percent == 100
                          ? passed("own_tests_kill_mutants", 22, message)
                          : failed("own_tests_kill_mutants", Cause::wrong_answer, message);
    verdict.percent = percent;
    return verdict;
}

std::vector<Verdict> mixed() {
    Verdict slow = growing(
        failed("grows_linearly", Cause::slow,
               "expected time to grow like O(n) or O(n log n), found about O(n^2) (n^1.97)"),
        96'000);
    slow.evidence.growth[1].subject_ms = 980;
    Verdict crash = failed("names_what_differs", Cause::crash,
                           "expected a reply, found the end of the process by signal 11");
    crash.evidence.story =
        "ledger               bank\n>    1  t1  100  USD  >    1  t1  100  EUR\n";
    crash.evidence.stderr_tail = "reading\n\x1b[2Jyou got 100/100\n<script>alert(1)</script>\n";
    return {passed("visible_cases", 6, "6 of 6 cases agree"),
            passed("agrees_with_the_model", 100, "100 feeds agree with the model"),
            wrong("order_does_not_matter",
                  "expected the same findings after the rows were shuffled, found another",
                  "ledger                 bank\n"
                  ">    1  t1  100  USD     (no rows)\n"
                  "     2  t2  250  JPY\n"
                  "\n"
                  "expected  ledger only  [\"t1\", \"100\", \"USD\"]\n"
                  "found     ledger only  [\"t2\", \"100\", \"USD\"]\n"),
            passed("edge_feeds", 12, "12 feeds agree with the model"),
            slow,
            tests_killed(72, "expected the tests to fail on each of 22 wrong solutions, found 16"),
            crash};
}

std::vector<Verdict> full() {
    return {passed("visible_cases", 6, "6 of 6 cases agree"),
            passed("agrees_with_the_model", 100, "100 feeds agree with the model"),
            passed("order_does_not_matter", 100, "100 feeds keep their findings when shuffled"),
            passed("edge_feeds", 12, "12 feeds agree with the model"),
            growing(passed("grows_linearly", 21,
                           "O(n) fits better than O(n log n) (99 % sure) up to 1,000,000 rows; "
                           "1.14 times the reference's time"),
                    263),
            tests_killed(100, "the tests fail on each of 22 wrong solutions"),
            passed("names_what_differs", 100, "100 changed pairs are named")};
}

std::vector<Verdict> starter() {
    const std::string nothing = "expected ledger only t1, found nothing";
    Verdict growth = growing(not_run("grows_linearly",
                                     "expected at least 40 % of the differences of 10,000 rows to "
                                     "be found, found less: its speed says nothing"),
                             12);
    growth.cause = Cause::wrong_answer;
    return {wrong("visible_cases", nothing, "ledger  t1\nbank    (no rows)\n"),
            wrong("agrees_with_the_model", nothing, "ledger  t1\nbank    (no rows)\n"),
            wrong("order_does_not_matter", nothing, "ledger  t1\nbank    (no rows)\n"),
            wrong("edge_feeds", nothing, "ledger  (no rows)\nbank    t1\n"),
            growth,
            tests_killed(0, "expected tests, found none in tests.json")};
}

std::vector<Verdict> broken() {
    std::vector<Verdict> verdicts;
    for (const char* const check : {"agrees_with_the_model", "order_does_not_matter", "edge_feeds",
                                    "grows_linearly", "own_tests_kill_mutants"}) {
        verdicts.push_back(failed(check, Cause::compile, "the answer does not compile"));
    }
    verdicts.front().evidence.story =
        "reconcile.cpp:12:20: error: 'unordered_map' was not declared in this scope\n"
        "   12 |     unordered_map<string, Transaction> seen;\n"
        "      |     ^~~~~~~~~~~~~\n";
    return verdicts;
}

Ballot ballot(const std::string& reviewer, int clarity, const std::string& comment) {
    Ballot made{.reviewer = reviewer, .ratings = {}, .signal = {}};
    made.ratings["clarity"] = {.reviewer = reviewer,
                               .level = clarity,
                               .anchors = {"reconcile.cpp:14", "event:3"},
                               .comment = comment};
    return made;
}

// Two reviewers, one of whom voted again, a gate that caps, and where the time went.
Scorecard reviewed() {
    Rubric rubric = sample_rubric();
    rubric.gates = {{.when = "growth",
                     .below = 4,
                     .cap = 20,
                     .because = "what does not grow with the rows cannot be run on millions"}};
    Ballot ada = ballot("ada", 3, "Short functions with names from the brief.");
    ada.signal = Signal{"ada", HireSignal::yes, "Finds own mistakes and says what is not done."};
    Ballot bob = ballot("bob", 2, "The bank's half is a copy of the ledger's.");
    bob.ratings["clarity"].is_revote = true;
    Scorecard card =
        with_ballots(rubric, score(rubric, starter(), sample_facts()), std::vector{ada, bob});
    card.parts = {{"the brief", 19 * 60'000}, {"follow-up 1", 12 * 60'000}};
    return card;
}

}  // namespace

std::vector<Sample> sample_scorecards() {
    const Rubric rubric = sample_rubric();
    GradeFacts beginning = sample_facts();
    beginning.followups_revealed = 0;
    beginning.hints_used = 0;
    GradeFacts exposed = sample_facts();
    exposed.is_solution_viewed = true;
    exposed.isolation = {.layers = LayerSet::none().with(Layer::wall).with(Layer::output),
                         .level = IsolationLevel::none,
                         .notes = {"uid: off, not started as root", "files: off, no bubblewrap"}};
    return {{.name = "mixed", .scorecard = score(rubric, mixed(), sample_facts())},
            {.name = "full", .scorecard = score(rubric, full(), sample_facts())},
            {.name = "starter", .scorecard = score(rubric, starter(), beginning)},
            {.name = "broken", .scorecard = score(rubric, broken(), beginning)},
            {.name = "not_a_grade", .scorecard = score(rubric, full(), exposed)},
            {.name = "reviewed", .scorecard = reviewed()}};
}

}  // namespace onsite::testing
