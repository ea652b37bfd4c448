// Amounts become minor units exactly or not at all.
#include "solutions/1-reconciliation/production/input/money.hpp"

#include <limits>
#include <optional>

#include "solutions/1-reconciliation/production/summary.hpp"

namespace onsite::reconcile {
namespace {

std::optional<std::int64_t> decimal(std::string_view amount, std::string_view currency) {
    const auto money = parse_money(amount, currency, AmountForm::decimal);
    return money ? std::optional(money->amount_minor) : std::nullopt;
}

RejectReason fault(std::string_view amount, std::string_view currency, AmountForm form) {
    const auto money = parse_money(amount, currency, form);
    return money ? RejectReason::duplicate_id : money.error();
}

TEST(MoneyTest, DecimalsAreThoseOfTheCurrency) {
    EXPECT_EQ(decimal("10.50", "USD"), 1050);
    EXPECT_EQ(decimal("10.5", "USD"), 1050);
    EXPECT_EQ(decimal("10", "USD"), 1000);
    EXPECT_EQ(decimal("1050", "JPY"), 1050);
    EXPECT_EQ(decimal("1.050", "KWD"), 1050);
    EXPECT_EQ(decimal("0.0001", "CLF"), 1);
    EXPECT_EQ(decimal("-0.07", "EUR"), -7);
    EXPECT_EQ(decimal("007.100", "USD"), 710) << "zeros that say nothing";
}

TEST(MoneyTest, ReachesTheEndsOfInt64AndNoFurther) {
    EXPECT_EQ(decimal("92233720368547758.07", "USD"), std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(decimal("-92233720368547758.08", "USD"), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(fault("92233720368547758.08", "USD", AmountForm::decimal),
              RejectReason::amount_out_of_range);
    EXPECT_EQ(fault("9223372036854775808", "USD", AmountForm::minor),
              RejectReason::amount_out_of_range);
}

TEST(MoneyTest, RejectsEverythingElse) {
    for (const char* text : {"", "-", "+1", " 1", "1 ", "1e3", "1,0", ".5", "1.", "1.2.3", "0x1"}) {
        EXPECT_EQ(fault(text, "USD", AmountForm::decimal), RejectReason::amount_not_a_number)
            << text;
    }
    EXPECT_EQ(fault("1.0", "USD", AmountForm::minor), RejectReason::amount_not_a_number);
    EXPECT_EQ(fault("0.5", "JPY", AmountForm::decimal), RejectReason::amount_too_precise);
    EXPECT_EQ(fault("0.001", "USD", AmountForm::decimal), RejectReason::amount_too_precise);
    for (const char* currency : {"", "US", "usd", "USDX", "U$D"}) {
        EXPECT_EQ(fault("1", currency, AmountForm::minor), RejectReason::bad_currency) << currency;
    }
}

// What nobody gave a minor unit cannot be converted exactly; in minor units nothing is converted.
TEST(MoneyTest, RejectsDecimalsOfACurrencyThatIsUnknown) {
    for (const char* currency : {"ZZZ", "XDR", "XAU", "XTS", "DEM", "AAA"}) {
        EXPECT_EQ(fault("1.50", currency, AmountForm::decimal), RejectReason::unknown_currency)
            << currency;
        EXPECT_EQ(fault("1", currency, AmountForm::decimal), RejectReason::unknown_currency)
            << currency;
        EXPECT_TRUE(parse_money("1", currency, AmountForm::minor)) << currency;
    }
    EXPECT_EQ(decimal("1.50", "XCG"), 150);
    EXPECT_EQ(decimal("1.50", "BGN"), 150) << "a feed may be older than the list";
    EXPECT_EQ(decimal("1.5000", "UYW"), 15000);
}

TEST(MoneyTest, SumsHaveMoreDigitsThanInt64) {
    EXPECT_EQ(to_string(Int128{std::numeric_limits<std::int64_t>::min()} * 10),
              "-92233720368547758080");
    EXPECT_EQ(to_string(Int128{0}), "0");
}

}  // namespace
}  // namespace onsite::reconcile
