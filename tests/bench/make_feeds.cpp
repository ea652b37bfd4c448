// onsite-make-feeds LEDGER BANK [rows] [unmatched] [discrepant] [duplicates] [malformed] [seed]
//                   [csv|quoted_csv|ndjson|shuffled_ndjson]
// Writes two feeds and prints, as JSON, what their reconciliation has to find.
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include <fmt/format.h>

#include "tests/support/feed_generator.hpp"

int main(int count, char** words) {
    if (count < 3) {
        fmt::print(stderr,
                   "usage: onsite-make-feeds LEDGER BANK [rows] [unmatched] [discrepant] "
                   "[duplicates] [malformed] [seed] [csv|quoted_csv|ndjson|shuffled_ndjson]\n");
        return 2;
    }
    onsite::FeedPlan plan;
    std::uint64_t* const numbers[] = {&plan.rows,       &plan.unmatched, &plan.discrepant,
                                      &plan.duplicates, &plan.malformed, &plan.seed};
    for (int i = 3; i < count && i < 9; ++i) {
        *numbers[i - 3] = std::strtoull(words[i], nullptr, 10);
    }
    const std::string_view shape = count > 9 ? words[9] : "csv";
    if (shape == "quoted_csv") plan.shape = onsite::FeedShape::quoted_csv;
    if (shape == "ndjson") plan.shape = onsite::FeedShape::ndjson;
    if (shape == "shuffled_ndjson") plan.shape = onsite::FeedShape::shuffled_ndjson;
    if (auto written = onsite::write_feeds(plan, words[1], words[2]); !written) {
        fmt::print(stderr, "{}\n", written.error().message);
        return 3;
    }
    const onsite::FeedTruth truth = onsite::truth_of(plan);
    fmt::print(R"({{"matched":{},"unmatched":{},"discrepant":{},"amount_differs":{},)"
               R"("currency_differs":{},"duplicates":{},"malformed":{}}})"
               "\n",
               truth.matched, plan.unmatched, plan.discrepant, truth.amount_differs,
               truth.currency_differs, plan.duplicates, plan.malformed);
}
