// The longest lines that findings can have, each into a text with no more room than the form asks
// for: AddressSanitizer sees a byte too many.
#include <cstdint>
#include <limits>
#include <string>

#include <gtest/gtest.h>

#include "solutions/1-reconciliation/production/output/finding_files.hpp"

namespace onsite::reconcile {
namespace {

constexpr CurrencyCode kZzz = kCurrencies - 1;
constexpr const char* kLargest = "18446744073709551615";
constexpr const char* kSmallest = "-9223372036854775808";

struct LongestRow {
    std::string id = std::string(kIdBytesMax, '"');
    std::string field = '"' + std::string(2 * kIdBytesMax, '"') + '"';
    std::string name = std::string(255, '"');
    std::string file = '"' + std::string(510, '"') + '"';
    Record record = {.id = id,
                     .amount_minor = std::numeric_limits<std::int64_t>::min(),
                     .currency = kZzz,
                     .place = {.file = 0,
                               .line = std::numeric_limits<std::uint64_t>::max(),
                               .byte = std::numeric_limits<std::uint64_t>::max()}};
    std::string money = std::string(",") + kSmallest + ",ZZZ";
    std::string place = ',' + file + ',' + kLargest + ',' + kLargest;
};

TEST(CsvFormTest, HasRoomForTheLongestLines) {
    const LongestRow longest;
    const auto form = make_csv_form({{{longest.name}, {longest.name}}});
    std::string unmatched;
    form->unmatched(Side::ledger, longest.record, unmatched);
    EXPECT_TRUE(unmatched == "ledger," + longest.field + longest.money + longest.place + '\n');

    Record other = longest.record;
    other.amount_minor += 1;
    other.currency -= 1;
    std::string discrepancy;
    form->discrepancy({longest.record, other}, discrepancy);
    EXPECT_TRUE(discrepancy == longest.field + ",amount+currency" + longest.money +
                                   ",-9223372036854775807,ZZY" + longest.place + longest.place +
                                   '\n');

    for (std::size_t number = 0; number < kRejectReasons; ++number) {
        const auto reason = static_cast<RejectReason>(number);
        const bool is_duplicate = reason == RejectReason::duplicate_id;
        std::string rejected;
        form->rejected(Side::ledger,
                       {.reason = reason,
                        .place = longest.record.place,
                        .id = is_duplicate ? longest.record.id : "",
                        .amount_minor = longest.record.amount_minor,
                        .currency = kZzz},
                       rejected);
        EXPECT_TRUE(rejected == "ledger" + longest.place + ',' + std::string(to_string(reason)) +
                                    (is_duplicate ? ',' + longest.field + longest.money : ",,,") +
                                    '\n');
    }
}

}  // namespace
}  // namespace onsite::reconcile
