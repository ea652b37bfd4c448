#include "simulator/billing/calendar.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include <fmt/format.h>

namespace onsite::simulator {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

struct Split {
    std::chrono::year_month_day date;
    std::int64_t second_of_day;
};

Split split(std::int64_t moment) {
    std::int64_t day = moment / kDaySeconds;
    if (moment % kDaySeconds < 0) --day;
    return {sys_days(days(day)), moment - day * kDaySeconds};
}

std::int64_t months_of(const Recurrence& recurrence) {
    return recurrence.interval == Interval::year ? 12 * recurrence.count : recurrence.count;
}

std::int64_t seconds_of(const Recurrence& recurrence) {
    const std::int64_t day_count = recurrence.interval == Interval::week ? 7 : 1;
    return day_count * recurrence.count * kDaySeconds;
}

std::int64_t floor_divided(std::int64_t value, std::int64_t by) {
    const std::int64_t quotient = value / by;
    return value % by < 0 ? quotient - 1 : quotient;
}

std::int64_t month_number(std::int64_t moment) {
    const auto date = split(moment).date;
    return int{date.year()} * std::int64_t{12} + unsigned{date.month()};
}

// That day of the month, or the month's last.
std::int64_t moment_in(std::chrono::year_month month, std::chrono::day day,
                       std::int64_t second_of_day) {
    const sys_days date = month / std::min(day, (month / std::chrono::last).day());
    return date.time_since_epoch().count() * kDaySeconds + second_of_day;
}

std::chrono::year_month month_of(const Split& split) {
    return {split.date.year(), split.date.month()};
}

}  // namespace

bool counts_months(const Recurrence& recurrence) {
    return recurrence.interval == Interval::month || recurrence.interval == Interval::year;
}

std::int64_t add_months(std::int64_t moment, std::int64_t months) {
    const Split from = split(moment);
    return moment_in(month_of(from) + std::chrono::months(months), from.date.day(),
                     from.second_of_day);
}

std::int64_t first_moment(const AnchorConfig& config, std::int64_t now) {
    const Split from = split(now);
    const std::int64_t second_of_day = config.hour.value_or(from.second_of_day / 3600) * 3600 +
                                       config.minute.value_or(from.second_of_day / 60 % 60) * 60 +
                                       config.second.value_or(from.second_of_day % 60);
    const std::chrono::day day(static_cast<unsigned>(config.day_of_month));
    std::chrono::year_month month = month_of(from);
    if (config.month) month = month.year() / std::chrono::month(unsigned(*config.month));
    const std::int64_t first = moment_in(month, day, second_of_day);
    if (first >= now) return first;
    return moment_in(month + std::chrono::months(config.month ? 12 : 1), day, second_of_day);
}

std::int64_t boundary(const BillingAnchor& anchor, const Recurrence& recurrence, std::int64_t n) {
    if (!counts_months(recurrence)) return anchor.moment + n * seconds_of(recurrence);
    const Split from = split(anchor.moment);
    // An anchor on the 31st that fell on the 28th is on the 31st again in March.
    const auto day = anchor.config
                         ? std::chrono::day(static_cast<unsigned>(anchor.config->day_of_month))
                         : from.date.day();
    return moment_in(month_of(from) + std::chrono::months(n * months_of(recurrence)), day,
                     from.second_of_day);
}

BillingPeriod period_at(const BillingAnchor& anchor, const Recurrence& recurrence,
                        std::int64_t moment) {
    std::int64_t n = counts_months(recurrence)
                         ? floor_divided(month_number(moment) - month_number(anchor.moment),
                                         months_of(recurrence))
                         : floor_divided(moment - anchor.moment, seconds_of(recurrence));
    // The day within the month decides between two neighbours.
    while (boundary(anchor, recurrence, n) > moment) --n;
    while (boundary(anchor, recurrence, n + 1) <= moment) ++n;
    return {boundary(anchor, recurrence, n), boundary(anchor, recurrence, n + 1)};
}

std::string shown_date(std::int64_t moment) {
    constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto date = split(moment).date;
    return fmt::format("{:02} {} {}", unsigned{date.day()}, kMonths[unsigned{date.month()} - 1],
                       int{date.year()});
}

}  // namespace onsite::simulator
