#include "exercises/1-reconciliation/checks/rejection.hpp"

#include <set>

#include <fmt/format.h>

#include "exercises/1-reconciliation/checks/bad_rows.hpp"
#include "exercises/1-reconciliation/checks/plan.hpp"

namespace onsite::reconciliation {
namespace {

// Where a row may be inserted. A subject that loses the first or last row of a feed would lose
// another one when something is inserted there; so the ends are tried only on a subject whose
// answers about clean feeds were all right.
enum class Reach { inside, anywhere };

// A row that comes before the clean row `before` (counted from 0) of a feed.
struct Insertion {
    Side side = Side::ledger;
    std::size_t before = 0;
    Row row;
};

std::vector<Row>& feed_of(Question& question, Side side) {
    return side == Side::ledger ? question.ledger : question.bank;
}

// The number, from 1, that a clean row has once the insertions are there.
std::uint64_t moved(Side side, std::uint64_t row, const std::vector<Insertion>& insertions) {
    const auto comes_before = [&](const Insertion& one) {
        return one.side == side && one.before < row;
    };
    return row + static_cast<std::uint64_t>(std::ranges::count_if(insertions, comes_before));
}

// Insertions before the same row keep their order.
Question with_insertions(const Question& clean, const std::vector<Insertion>& insertions) {
    Question dirty{.op = clean.op, .ledger = {}, .bank = {}};
    const auto fill = [&](Side side, const std::vector<Row>& rows) {
        std::vector<Row>& out = feed_of(dirty, side);
        for (std::size_t i = 0; i <= rows.size(); ++i) {
            for (const Insertion& one : insertions) {
                if (one.side == side && one.before == i) out.push_back(one.row);
            }
            if (i < rows.size()) out.push_back(rows[i]);
        }
    };
    fill(Side::ledger, clean.ledger);
    fill(Side::bank, clean.bank);
    return dirty;
}

Findings only_rejected(Findings findings) {
    std::erase_if(findings, [](const Finding& one) { return one.kind != FindingKind::rejected; });
    return findings;
}

// The own answer about the clean feeds, with moved rows, and what has to be rejected of the new.
Findings expected_answer(Findings answer, const Question& dirty,
                         const std::vector<Insertion>& insertions) {
    for (Finding& finding : answer) {
        if (finding.kind != FindingKind::rejected) continue;
        finding.row = moved(finding.side, finding.row, insertions);
    }
    return joined(sorted(std::move(answer)), only_rejected(truth_of(dirty)));
}

// Feeds of this many rows, in which only the first and the last are good: a report that keeps a
// hundred faults, or as many as there are good rows, is not the whole answer.
constexpr std::size_t kManyRows = 500;

// What the experiments of a check share.
struct Progress {
    Reach reach = Reach::inside;
    bool has_been_right = true;  // All answers about clean feeds so far.
};

// Where to insert into a feed, chosen by a number; nothing when the feed is too short.
std::optional<std::size_t> place_in(const std::vector<Row>& rows, Reach reach,
                                    std::uint32_t choice) {
    if (reach == Reach::anywhere) return choice % (rows.size() + 1);
    if (rows.size() < 2) return std::nullopt;
    return 1 + choice % (rows.size() - 1);
}

// ---- Malformed rows

std::vector<Insertion> malformed_rows(const Plan& plan, Question& clean, Reach reach) {
    std::vector<Insertion> insertions;
    for (std::size_t n = 0; n < plan.rows.size(); ++n) {
        const std::uint32_t twist = plan.rows[n].twist;
        if (twist % 3 == 0) continue;
        const Side side = twist % 3 == 1 ? Side::ledger : Side::bank;
        // Half of them have the id of a good row, which they must not make a duplicate.
        const std::string id = twist % 2 == 0 ? plain_id(plan, n) : fmt::format("m{}", n);
        const auto place = place_in(feed_of(clean, side), reach, twist / 3);
        if (place) insertions.push_back({side, *place, bad_row(id, twist / 3)});
    }
    return insertions;
}

std::set<std::string> silent_ids(const Question& clean, const Findings& answer) {
    std::set<std::string> ids;
    for (const Row& row : clean.ledger) ids.insert(row[0]);
    for (const Finding& finding : answer) ids.erase(id_of(finding));
    return ids;
}

// Other spellings of amounts, which change nothing: zeros in front, and for silent pairs any
// amount, as long as it is the same in both feeds.
void respell_amounts(const Plan& plan, const Findings& answer, Question& question) {
    const std::set<std::string> silent = silent_ids(question, answer);
    for (std::size_t n = 0; n < plan.rows.size(); ++n) {
        const PlanRow& planned = plan.rows[n];
        const std::string id = plain_id(plan, n);
        if (planned.twist % 3 != 0 || planned.twist == 0) continue;
        const bool is_free = planned.fate == Fate::matched && silent.contains(id);
        const AmountSpelling spelling = odd_amount(planned.twist / 3, is_free);
        for (Row& row : question.ledger) {
            if (row[0] == id) row[1] = respelled(row[1], spelling.ledger, spelling.value);
        }
        for (Row& row : question.bank) {
            if (row[0] == id) row[1] = respelled(row[1], spelling.bank, spelling.value);
        }
    }
}

// ---- Duplicates

// The places of rows that may be repeated: all, or those with rows and ids on either side.
std::vector<std::size_t> repeatable(const std::vector<Row>& rows, Reach reach) {
    std::vector<std::size_t> places;
    const auto [least, greatest] = std::ranges::minmax_element(rows);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const bool is_at_end =
            i == 0 || i + 1 == rows.size() || rows[i] == *least || rows[i] == *greatest;
        if (reach == Reach::anywhere || !is_at_end) places.push_back(i);
    }
    return places;
}

std::vector<Insertion> duplicates_in(Side side, const std::vector<Row>& rows, const Plan& plan,
                                     Reach reach) {
    std::vector<Insertion> insertions;
    if (rows.empty()) return insertions;
    const std::vector<std::size_t> places = repeatable(rows, reach);
    const std::size_t last = reach == Reach::anywhere ? rows.size() : rows.size() - 1;
    for (std::size_t i = 0; i < places.size() && i < plan.rows.size(); ++i) {
        const std::uint32_t twist = plan.rows[i].twist;
        const bool is_chosen = twist % 3 == (side == Side::ledger ? 1u : 2u);
        if (!is_chosen || places[i] + 1 > last) continue;
        const std::size_t room = last - places[i];
        const std::size_t before = places[i] + 1 + twist / 3 % room;
        const Row& original = rows[places[i]];
        insertions.push_back({side, before, repeated_row(original, twist / 3)});
        if (twist % 7 == 0) insertions.push_back({side, before, original});
        // A malformed row is no first appearance: the good row after it stands.
        if (twist % 5 == 0 && places[i] > 0) {
            insertions.push_back({side, places[i], {original[0], original[1], "us"}});
            // One without fields has a number too.
            if (twist % 2 == 0) insertions.push_back({side, places[i], {}});
        }
    }
    return insertions;
}

// ---- Laws

void count_control(Trial& trial, const Question& clean, const Findings& answer,
                   Progress& progress) {
    trial.count_as_proof(clean, answer);
    if (!trial.is_over() && answer != truth_of(clean)) progress.has_been_right = false;
}

void malformed_law(Trial& trial, const Plan& plan, Progress& progress) {
    Question clean = question_of(Op::reconcile_feeds, feeds_of(plan));
    const Findings answer = trial.ask_control(clean);
    count_control(trial, clean, answer, progress);
    const auto insertions = malformed_rows(plan, clean, progress.reach);
    respell_amounts(plan, answer, clean);
    if (!insertions.empty()) trial.count_change();
    const Question dirty = with_insertions(clean, insertions);
    const Findings found = trial.ask(dirty);
    trial.expect({dirty, found, expected_answer(answer, dirty, insertions)});
}

// The control has as many rows, all good: a subject that is wrong about it loses another criterion.
void many_malformed_law(Trial& trial) {
    Plan plan;
    plan.rows.resize(kManyRows);
    const Question clean = question_of(Op::reconcile_feeds, feeds_of(plan));
    const Findings answer = trial.ask_control(clean);
    if (trial.is_over() || answer != truth_of(clean)) return;
    Question dirty = clean;
    for (std::uint32_t i = 1; i + 1 < kManyRows; ++i) {
        dirty.ledger[i] = bad_row(fmt::format("m{}", i), i);
        dirty.bank[i] = bad_row(fmt::format("m{}", i), i + 1);
    }
    trial.count_change();
    const Findings found = trial.ask(dirty);
    trial.expect({dirty, found, truth_of(dirty)});
}

// Only rejections are looked at: a subject that takes two such ids for one, whatever comes of it,
// is judged for that by another criterion. The control has as many rows with plain ids.
void odd_ids_law(Trial& trial) {
    const std::vector<std::string>& ids = ids_that_look_bad();
    Question plain{.op = Op::reconcile_feeds, .ledger = {}, .bank = {}};
    for (std::size_t i = 0; i < ids.size(); ++i) {
        plain.ledger.push_back({fmt::format("t{}", i), "100", "USD"});
        if (i % 2 == 0) plain.bank.push_back(plain.ledger.back());
    }
    const Findings answer = trial.ask_control(plain);
    if (trial.is_over() || answer != truth_of(plain)) return;
    Question odd = plain;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        odd.ledger[i][0] = ids[i];
        if (i % 2 == 0) odd.bank[i / 2][0] = ids[i];
    }
    trial.count_change();
    const Findings rejected = only_rejected(trial.ask_control(odd));
    trial.expect({odd, rejected, {}, "ids that only look bad, and so no row to reject"});
}

void duplicate_law(Trial& trial, const Plan& plan, Progress& progress) {
    const Question clean = question_of(Op::reconcile_feeds, feeds_of(plan));
    const Findings answer = trial.ask_control(clean);
    count_control(trial, clean, answer, progress);
    auto insertions = duplicates_in(Side::ledger, clean.ledger, plan, progress.reach);
    for (Insertion& one : duplicates_in(Side::bank, clean.bank, plan, progress.reach)) {
        insertions.push_back(std::move(one));
    }
    if (insertions.empty()) return;
    trial.count_change();
    const Question dirty = with_insertions(clean, insertions);
    const Findings found = trial.ask(dirty);
    trial.expect({dirty, found, expected_answer(answer, dirty, insertions)});
}

using Law = void (*)(Trial&, const Plan&, Progress&);

// An inquiry remembers its experiments and repeats them when it concludes: what they share lives as
// long as it does.
struct Experiments {
    Law law = nullptr;
    Progress inside;
    Progress anywhere{.reach = Reach::anywhere, .has_been_right = true};
};

void explore(const Context& context, const std::string& check, Experiments& experiments,
             Inquiry& inquiry) {
    inquiry.demand_changes();
    Search plans = context.plans(check, Discrepancies::none);
    plans.cases = (plans.cases + 1) / 2;
    inquiry.explore(plans, [&experiments](Trial& trial, const Plan& plan) {
        experiments.law(trial, plan, experiments.inside);
    });
    if (inquiry.has_fault() || !experiments.inside.has_been_right) return;
    plans.seed = context.chance(check).fork("anywhere").next();
    inquiry.explore(plans, [&experiments](Trial& trial, const Plan& plan) {
        experiments.law(trial, plan, experiments.anywhere);
    });
}

}  // namespace

Result<Verdict> rejects_malformed_rows(const Context& context, const std::string& check) {
    Experiments experiments{.law = malformed_law};
    Inquiry inquiry = context.inquire(check);
    explore(context, check, experiments, inquiry);
    if (!inquiry.has_fault()) inquiry.holds(many_malformed_law);
    if (!inquiry.has_fault()) inquiry.holds(odd_ids_law);
    return inquiry.conclude(
        "malformed rows were rejected with their numbers and reasons, good ones used");
}

Result<Verdict> reports_duplicates(const Context& context, const std::string& check) {
    Experiments experiments{.law = duplicate_law};
    Inquiry inquiry = context.inquire(check);
    explore(context, check, experiments, inquiry);
    return inquiry.conclude(
        "later rows with the id of an earlier one were rejected, the first one used");
}

}  // namespace onsite::reconciliation
