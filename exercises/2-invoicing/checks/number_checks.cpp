#include "exercises/2-invoicing/checks/number_checks.hpp"

#include <cmath>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "base/escape.hpp"
#include "exercises/2-invoicing/checks/duration.hpp"
#include "exercises/2-invoicing/checks/findings.hpp"
#include "exercises/2-invoicing/checks/words.hpp"

namespace onsite::invoicing {
namespace {

// What the brief says.
constexpr double kInvoicesPerMonth = 3'000'000;
constexpr double kRetentionYears = 10;
constexpr double kItemsPerInvoice = 5;
// An invoice, its items, a payment, an event and a message of the outbox at the least.
constexpr double kRowsPerInvoiceMin = 1 + kItemsPerInvoice + 3;
// What has to be kept: the invoice, its items and a payment.
constexpr double kKeptRowsPerInvoiceMin = 1 + kItemsPerInvoice + 1;

constexpr double kSecondsPerMonth = 30.0 * 86'400;
constexpr double kDaysPerMonth = 30;
constexpr double kMonthsPerYear = 12;
constexpr double kBytesPerGb = 1e9;

constexpr std::int64_t kSecondsPerHour = 3'600;
constexpr std::int64_t kStripeKeyHours = 24;  // Stripe may forget a key after that.
constexpr std::int64_t kOwnKeyHoursMin = 24;
constexpr std::size_t kShownBytesMax = 40;

constexpr std::string_view kForm = "in digits, without quotes or a unit";

// As a design may write it: an exponent would be refused.
std::string in_digits(double number) {
    constexpr double kWholeFrom = 10'000;
    return number < kWholeFrom ? fmt::format("{:.6g}", number) : fmt::format("{:.0f}", number);
}

// One map of numbers, with complaints about what is missing.
class Numbers {
public:
    Numbers(const YamlNode& map, Findings& findings) : map_(map), findings_(findings) {}

    int line(std::string_view name) const {
        const YamlNode* node = map_.find(name);
        return node == nullptr ? 0 : node->line;
    }

    // 0 when it is missing or out of range, which is said.
    double get(std::string_view name, double min, double max) {
        const std::optional<double> found = decimal(map_.find(name));
        const bool is_good = found && *found >= min && *found <= max;
        findings_.expect(is_good, kDesign, line(name),
                         fmt::format("expected {}: a number from {} to {}, {}", name,
                                     in_digits(min), in_digits(max), kForm));
        return is_good ? *found : 0;
    }

    // 0 is computed from what is missing, and is nothing that anybody should write.
    void expect(std::string_view name, double computed, const std::string& how) {
        if (computed == 0) {
            findings_.expect(
                false, kDesign, line(name),
                fmt::format("expected {} to follow from {}, found one of them missing", name, how));
            return;
        }
        const YamlNode* node = map_.find(name);
        const std::optional<double> found = decimal(node);
        const double tolerance = std::abs(computed) * kTolerancePercent / 100;
        const std::string form = node == nullptr || found ? "" : fmt::format("; {}", kForm);
        findings_.expect(found && std::abs(*found - computed) <= tolerance, kDesign, line(name),
                         fmt::format("expected {} = {}, within {} %: {}{}", name,
                                     in_digits(computed), kTolerancePercent, how, form));
    }

private:
    const YamlNode& map_;
    Findings& findings_;
};

struct Load {
    double invoices = 0;
    double peak = 0;
    double requests = 0;
    double webhooks = 0;
    double rows = 0;
    double kept_rows = 0;
    double bytes = 0;
    double years = 0;
    double copies = 0;
};

// What is assumed; two of these are in the brief.
Load read_load(Numbers& numbers) {
    constexpr double kMuch = 1e6;
    return {.invoices = numbers.get("invoices_per_month", kInvoicesPerMonth, kInvoicesPerMonth),
            .peak = numbers.get("peak_factor", 2, 1'000),
            .requests = numbers.get("requests_per_invoice", 1, 1'000),
            .webhooks = numbers.get("webhooks_per_invoice", 1, 1'000),
            .rows = numbers.get("rows_per_invoice", kRowsPerInvoiceMin, 1'000),
            .kept_rows = numbers.get("kept_rows_per_invoice", kKeptRowsPerInvoiceMin, 1'000),
            .bytes = numbers.get("bytes_per_row", 20, kMuch),
            .years = numbers.get("retention_years", kRetentionYears, kRetentionYears),
            .copies = numbers.get("copies", 1, 100)};
}

void expect_derived(Numbers& numbers, const Load& load) {
    const double per_second = load.invoices * load.requests / kSecondsPerMonth;
    const double events = load.invoices * load.webhooks / kSecondsPerMonth;
    numbers.expect("requests_per_second_peak", per_second * load.peak,
                   "invoices_per_month * requests_per_invoice / 2,592,000 s * peak_factor");
    numbers.expect("webhooks_per_second_peak", events * load.peak,
                   "invoices_per_month * webhooks_per_invoice / 2,592,000 s * peak_factor");
    numbers.expect("rows_per_day", load.invoices * load.rows / kDaysPerMonth,
                   "invoices_per_month * rows_per_invoice / 30");
    numbers.expect(
        "storage_gb",
        load.invoices * kMonthsPerYear * load.years * load.kept_rows * load.bytes * load.copies /
            kBytesPerGb,
        "invoices_per_month * 12 * retention_years * kept_rows_per_invoice * bytes_per_row * "
        "copies / 10^9");
}

// The waits of a schedule in seconds. Says what is wrong; empty then.
std::vector<std::int64_t> read_schedule(const YamlNode& map, std::string_view name,
                                        Findings& findings) {
    const YamlNode* list = map.find(name);
    std::vector<std::int64_t> waits;
    bool grows = true;
    if (list != nullptr) {
        for (const YamlNode& item : list->items) {
            const auto seconds = parse_duration(item.text);
            if (!seconds) {
                findings.expect(
                    false, kDesign, item.line,
                    fmt::format("expected in {} waits such as 10s, 5m, 2h or 1d, found {}", name,
                                harmless(item.text.substr(0, kShownBytesMax), Lines::one)));
                return {};
            }
            grows = grows && (waits.empty() || *seconds >= waits.back());
            waits.push_back(*seconds);
        }
    }
    constexpr std::size_t kRetriesMin = 3;
    findings.expect(grows && waits.size() >= kRetriesMin, kDesign, list == nullptr ? 0 : list->line,
                    fmt::format("expected {}: a list of {} waits or more like [1m, 10m, 2h], none "
                                "shorter than the one before: what is down needs time",
                                name, kRetriesMin));
    return grows ? waits : std::vector<std::int64_t>();
}

double hours_of(const std::vector<std::int64_t>& waits) {
    std::int64_t sum = 0;
    for (const std::int64_t wait : waits) sum += wait;
    return static_cast<double>(sum) / kSecondsPerHour;
}

}  // namespace

Result<Verdict> numbers_add_up(const Context& context, const std::string& check) {
    if (!context.numbers) return unreadable(check, context.numbers.error());
    Findings findings(context.documents, check);
    Numbers numbers(*context.numbers, findings);
    const Load load = read_load(numbers);
    expect_derived(numbers, load);
    return findings.verdict("the numbers follow from each other");
}

Result<Verdict> retries_end(const Context& context, const std::string& check) {
    if (!context.numbers) return unreadable(check, context.numbers.error());
    Findings findings(context.documents, check);
    Numbers numbers(*context.numbers, findings);
    const auto queue = read_schedule(*context.numbers, "queue_retries", findings);
    const auto stripe = read_schedule(*context.numbers, "stripe_retries", findings);
    numbers.expect("queue_retries_hours", hours_of(queue), "the sum of queue_retries");
    numbers.expect("stripe_retries_hours", hours_of(stripe), "the sum of stripe_retries");
    findings.expect(!stripe.empty() && hours_of(stripe) < kStripeKeyHours, kDesign,
                    numbers.line("stripe_retries"),
                    fmt::format("expected stripe_retries to end within {} h: later Stripe may have "
                                "forgotten the key, and the retry is a second charge",
                                kStripeKeyHours));
    numbers.get("idempotency_key_hours", kOwnKeyHoursMin, 24 * 365);
    return findings.verdict("retries wait longer each time, and end while their keys are known");
}

Result<Verdict> ten_times_adds_up(const Context& context, const std::string& check) {
    if (!context.numbers) return unreadable(check, context.numbers.error());
    Findings findings(context.documents, check);
    Numbers numbers(*context.numbers, findings);
    Load load = read_load(numbers);
    load.invoices *= 10;
    const YamlNode nothing;
    const YamlNode* block = context.numbers->find("ten_times");
    findings.expect(block != nullptr && block->is_map(), kDesign, 0,
                    "expected ten_times: with the derived numbers at ten times the load");
    Numbers scaled(block == nullptr ? nothing : *block, findings);
    expect_derived(scaled, load);
    constexpr int kWordsOfABottleneckMin = 4;
    const std::string_view first = block == nullptr ? "" : block->text_of("breaks_first");
    findings.expect(count_words(first) >= kWordsOfABottleneckMin, kDesign,
                    scaled.line("breaks_first"),
                    "expected breaks_first: what gives way first, and at which number");
    return findings.verdict("at ten times the load the numbers still follow from each other");
}

}  // namespace onsite::invoicing
