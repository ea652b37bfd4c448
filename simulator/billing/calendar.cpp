#include "simulator/billing/calendar.hpp"

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

bool counts_months(const Recurrence& recurrence) {
    return recurrence.interval == Interval::month || recurrence.interval == Interval::year;
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

}  // namespace

std::int64_t add_months(std::int64_t moment, std::int64_t months) {
    const Split from = split(moment);
    const auto shifted =
        std::chrono::year_month(from.date.year(), from.date.month()) + std::chrono::months(months);
    const auto last = (shifted / std::chrono::last).day();
    const auto date = shifted / (from.date.day() < last ? from.date.day() : last);
    return sys_days(date).time_since_epoch().count() * kDaySeconds + from.second_of_day;
}

std::int64_t boundary(std::int64_t anchor, const Recurrence& recurrence, std::int64_t n) {
    if (counts_months(recurrence)) return add_months(anchor, n * months_of(recurrence));
    return anchor + n * seconds_of(recurrence);
}

BillingPeriod period_at(std::int64_t anchor, const Recurrence& recurrence, std::int64_t moment) {
    std::int64_t n =
        counts_months(recurrence)
            ? floor_divided(month_number(moment) - month_number(anchor), months_of(recurrence))
            : floor_divided(moment - anchor, seconds_of(recurrence));
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
