#include "exercises/1-reconciliation/checks/search.hpp"

#include <rapidcheck.h>

#include "base/rng.hpp"

namespace onsite::reconciliation {
namespace {

// RapidCheck's own listener prints and reads the environment; what a check says is a verdict.
class Silence final : public rc::detail::TestListener {
public:
    void onTestCaseFinished(const rc::detail::CaseDescription&) override {}
    void onShrinkTried(const rc::detail::CaseDescription&, bool) override {}
    void onTestFinished(const rc::detail::TestMetadata&, const rc::detail::TestResult&) override {}
};

Fate random_fate(Rng& rng, Discrepancies discrepancies) {
    const std::uint64_t draw = rng.below(100);
    if (draw < 20) return Fate::ledger_only;
    if (draw < 40) return Fate::bank_only;
    if (discrepancies == Discrepancies::none || draw >= 58) return Fate::matched;
    if (draw < 46) return Fate::amount_differs;
    return draw < 52 ? Fate::currency_differs : Fate::both_differ;
}

// Half of the amounts are small, so that different transactions often have the same one.
std::uint32_t random_amount(Rng& rng) {
    const std::uint64_t max = rng.below(2) == 0 ? 12 : kPlainAmountMax - 100;
    return static_cast<std::uint32_t>(1 + rng.below(max));
}

PlanRow random_row(Rng rng, Discrepancies discrepancies) {
    return {.fate = random_fate(rng, discrepancies),
            .amount = random_amount(rng),
            .currency = static_cast<std::uint32_t>(rng.below(kCurrencies.size())),
            .twist = static_cast<std::uint32_t>(rng.below(kTwists))};
}

rc::Gen<PlanRow> plan_row(Discrepancies discrepancies) {
    return [discrepancies](const rc::Random& random, int) {
        const Rng rng(rc::Random(random).next());
        return rc::shrinkable::shrinkRecur(random_row(rng, discrepancies), [](const PlanRow& row) {
            return rc::seq::fromContainer(simpler(row));
        });
    };
}

// One plan in four is in order: then a defect at the end of a feed is at its end.
std::uint32_t in_order_or_shuffled(std::uint32_t draw) { return draw % 4 == 0 ? 0 : 1 + draw / 4; }

// Any number below `end`, in small plans too; inRange by itself grows with the size of a plan.
rc::Gen<std::uint32_t> any_below(std::uint32_t end) {
    return rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::uint32_t>(0, end));
}

rc::Gen<Plan> plan(Discrepancies discrepancies) {
    return rc::gen::build<Plan>(
        rc::gen::set(&Plan::rows,
                     rc::gen::container<std::vector<PlanRow>>(plan_row(discrepancies))),
        rc::gen::set(&Plan::order, rc::gen::map(any_below(400), in_order_or_shuffled)),
        rc::gen::set(&Plan::style, any_below(kStyles)));
}

}  // namespace

void search(const Search& options, const std::function<bool(const Plan&)>& holds) {
    rc::detail::TestParams params;
    params.seed = options.seed;
    params.maxSuccess = options.cases;
    params.maxSize = options.rows_max;
    const auto gen = plan(options.discrepancies);
    const auto property = [&] { return holds(*gen); };
    Silence silence;
    const std::unordered_map<std::string, rc::detail::Reproduce> nothing_to_reproduce;
    rc::detail::checkTestable(property, rc::detail::TestMetadata{}, params, silence,
                              nothing_to_reproduce);
}

}  // namespace onsite::reconciliation
