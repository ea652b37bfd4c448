// The arithmetic and the calendar of bills, against values worked out by hand and against laws.
#include <rapidcheck.h>

#include "simulator/billing/arithmetic.hpp"
#include "simulator/billing/calendar.hpp"
#include "simulator/billing/totals.hpp"

namespace onsite::simulator {
namespace {

using ::testing::ElementsAre;

constexpr std::int64_t kJanuary31 = 1'769'817'600;  // 31 January 2026, 00:00 UTC.

std::string day_of(std::int64_t n, const Recurrence& recurrence, std::int64_t anchor = kJanuary31) {
    return shown_date(boundary({anchor}, recurrence, n));
}

TEST(BillingArithmeticTest, RoundsHalvesAwayFromZeroOnce) {
    EXPECT_EQ(scaled(201, 1, 2), 101);
    EXPECT_EQ(scaled(-201, 1, 2), -101);
    EXPECT_EQ(scaled(100, 1, 3), 33);
    EXPECT_EQ(scaled(2900, 16, 31), 1497);
    EXPECT_EQ(scaled(9900, 16, 31), 5110);
    EXPECT_EQ(amount_of(2'925'000, 100), 3);  // 100 units of 0.02925.
    EXPECT_EQ(amount_of(kUnitScale, 100'000'000), std::nullopt);
}

TEST(BillingArithmeticTest, ReadsDecimalsExactly) {
    EXPECT_EQ(parse_decimal("25.5", kPercentDigits), 255'000);
    EXPECT_EQ(parse_decimal("0.1", kPercentDigits), 1'000);
    EXPECT_EQ(decimal_text(255'000, kPercentDigits), "25.5");
    EXPECT_EQ(decimal_text(-1'000'000, kPercentDigits), "-100");
    for (const char* wrong : {"", ".5", "1.", "1e3", "1.23456", "+1", "1 ", "12345678901"}) {
        EXPECT_EQ(parse_decimal(wrong, kPercentDigits), std::nullopt) << wrong;
    }
}

TEST(BillingArithmeticTest, SplitsByLargestRemainder) {
    EXPECT_THAT(allocate(100, std::vector<std::int64_t>{1, 1, 1}), ElementsAre(34, 33, 33));
    EXPECT_THAT(allocate(5, std::vector<std::int64_t>{0, 0}), ElementsAre(0, 0));
}

TEST(BillingArithmeticTest, SplitsWithoutLosingACent) {
    EXPECT_TRUE(rc::check([] {
        const auto weights = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::int64_t>>(
            rc::gen::inRange<std::int64_t>(0, 100'000'000)));
        const auto total = *rc::gen::inRange<std::int64_t>(0, 100'000'000);
        std::int64_t weight = 0;
        for (const auto one : weights) weight += one;
        std::int64_t sum = 0;
        for (const auto part : allocate(total, weights)) sum += part;
        RC_ASSERT(sum == (weight == 0 ? 0 : total));
    }));
}

TEST(BillingCalendarTest, CountsMonthsFromTheAnchor) {
    const Recurrence monthly{Interval::month, 1};
    EXPECT_EQ(day_of(1, monthly), "28 Feb 2026");
    EXPECT_EQ(day_of(2, monthly), "31 Mar 2026");
    EXPECT_EQ(day_of(3, monthly), "30 Apr 2026");
    EXPECT_EQ(day_of(-2, monthly), "30 Nov 2025");
    const std::int64_t leap_day = 1'709'164'800;  // 29 February 2024.
    const Recurrence yearly{Interval::year, 1};
    EXPECT_EQ(day_of(1, yearly, leap_day), "28 Feb 2025");
    EXPECT_EQ(day_of(8, yearly, leap_day), "29 Feb 2032");
    EXPECT_EQ(day_of(1, {Interval::week, 2}), "14 Feb 2026");
}

TEST(BillingCalendarTest, PutsEveryMomentIntoOnePeriod) {
    EXPECT_TRUE(rc::check([] {
        const Recurrence recurrence{
            *rc::gen::element(Interval::day, Interval::week, Interval::month, Interval::year),
            *rc::gen::inRange<std::int64_t>(1, 4)};
        const auto anchor = *rc::gen::inRange<std::int64_t>(0, kMomentMax);
        const auto moment = *rc::gen::inRange<std::int64_t>(0, kMomentMax);
        const BillingPeriod period = period_at({anchor}, recurrence, moment);
        RC_ASSERT(period.start <= moment);
        RC_ASSERT(moment < period.end);
        // The end is exclusive: it begins the next period.
        RC_ASSERT(period_at({anchor}, recurrence, period.end).start == period.end);
    }));
}

TEST(BillingCalendarTest, FindsTheFirstMomentOfAConfiguration) {
    const auto first = [](const AnchorConfig& config, std::int64_t now = kJanuary31) {
        return shown_date(first_moment(config, now));
    };
    EXPECT_EQ(first({.day_of_month = 31}), "31 Jan 2026");  // Now.
    EXPECT_EQ(first({.day_of_month = 31}, kJanuary31 + kDaySeconds), "28 Feb 2026");
    EXPECT_EQ(first({.day_of_month = 1}), "01 Feb 2026");
    EXPECT_EQ(first({.day_of_month = 31, .month = 2}), "28 Feb 2026");
    EXPECT_EQ(first({.day_of_month = 30, .month = 1}), "30 Jan 2027");
    EXPECT_EQ(first_moment({.day_of_month = 31, .hour = 12, .minute = 30, .second = 5}, kJanuary31),
              kJanuary31 + 12 * 3'600 + 30 * 60 + 5);
    // What is not said is as it is now: 06:07:08.
    EXPECT_EQ(first_moment({.day_of_month = 31, .hour = 9}, kJanuary31 + 22'028),
              kJanuary31 + 9 * 3'600 + 428);
}

TEST(BillingCalendarTest, RemembersTheDayThatAConfigurationNames) {
    const BillingAnchor anchor{kJanuary31 + 28 * kDaySeconds, AnchorConfig{.day_of_month = 31}};
    const Recurrence monthly{Interval::month, 1};
    EXPECT_EQ(shown_date(boundary(anchor, monthly, 0)), "28 Feb 2026");
    EXPECT_EQ(shown_date(boundary(anchor, monthly, 1)), "31 Mar 2026");
    EXPECT_EQ(shown_date(boundary(anchor, monthly, 2)), "30 Apr 2026");
}

// ---- Totals ----

Invoice of_lines(std::initializer_list<std::int64_t> amounts) {
    Invoice invoice;
    for (const std::int64_t amount : amounts) {
        invoice.lines.push_back({.id = {}, .invoice_item = {}, .charged = {.amount = amount}});
    }
    return invoice;
}

TEST(TotalsTest, TaxEachLine) {
    Invoice invoice = of_lines({333, 333, 334});
    invoice.default_tax_rates = {"txr_1"};
    const TaxRate vat{.id = "txr_1", .percentage = 190'000};
    const std::array rates = {&vat};
    total_up(invoice, {.tax_rates = rates});
    EXPECT_EQ(invoice.exclusive_tax, 189);
    EXPECT_EQ(invoice.total, 1189);
    total_up(invoice, {.tax_rates = rates, .tax_exempt = "exempt"});
    EXPECT_EQ(invoice.total, 1000);
}

TEST(TotalsTest, TakeInclusiveTaxOutOfThePrice) {
    Invoice invoice = of_lines({35'390});
    invoice.default_tax_rates = {"txr_1"};
    const TaxRate vat{.id = "txr_1", .is_inclusive = true, .percentage = 190'000};
    const std::array rates = {&vat};
    total_up(invoice, {.tax_rates = rates});
    EXPECT_EQ(invoice.inclusive_tax, 5'651);
    EXPECT_EQ(invoice.total, 35'390);
}

TEST(TotalsTest, NeverDiscountBelowZero) {
    Invoice invoice = of_lines({300, -100});
    const Discount big{.id = "di_1", .coupon = {.amount_off = 1'000}};
    const std::array discounts = {&big};
    total_up(invoice, {.discounts = discounts});
    EXPECT_EQ(invoice.total_discounts[0].amount, 300);
    EXPECT_EQ(invoice.total, -100);
}

TEST(TotalsTest, AreTheSumsOfTheirLines) {
    EXPECT_TRUE(rc::check([] {
        Invoice invoice;
        const auto amounts = *rc::gen::container<std::vector<std::int64_t>>(
            rc::gen::inRange<std::int64_t>(-100'000, 1'000'000));
        for (const auto amount : amounts) {
            invoice.lines.push_back({.id = {}, .invoice_item = {}, .charged = {.amount = amount}});
        }
        invoice.default_tax_rates = {"txr_1", "txr_2"};
        const auto percent = rc::gen::inRange<std::int64_t>(0, kPercentWhole + 1);
        const TaxRate over{.id = "txr_1", .percentage = *percent};
        const TaxRate within{.id = "txr_2", .is_inclusive = true, .percentage = *percent};
        const Discount share{.id = "di_1", .coupon = {.percent_off = *percent}};
        const Discount sum{.id = "di_2",
                           .coupon = {.amount_off = *rc::gen::inRange<std::int64_t>(1, 100'000)}};
        const std::array rates = {&over, &within};
        const std::array discounts = {&share, &sum};
        total_up(invoice, {.discounts = discounts, .tax_rates = rates});
        std::int64_t total = 0;
        for (const InvoiceLine& line : invoice.lines) {
            std::int64_t left = line.charged.amount;
            for (const DiscountAmount& part : line.discounts) left -= part.amount;
            RC_ASSERT(line.charged.amount < 0 || left >= 0);
            total += left;
            for (const TaxAmount& part : line.taxes) total += part.is_inclusive ? 0 : part.amount;
        }
        RC_ASSERT(invoice.total == total);
    }));
}

}  // namespace
}  // namespace onsite::simulator
