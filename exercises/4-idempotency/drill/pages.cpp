#include "exercises/4-idempotency/drill/pages.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/clock.hpp"
#include "exercises/4-idempotency/drill/logs.hpp"

namespace onsite::drill {
namespace {

constexpr std::size_t kStretch = 5;  // Minutes of a line of the timeline.

constexpr std::string_view kReadme = R"(# {name}

You are on call. The page came at the end of the hour:

    Payment Failed 5 %    {failed} of {orders} orders    last 60 minutes
    {message}

Nobody knows more. Money may have been lost or taken twice, or nothing at all is broken and it only
looks bad. Find out which, where, why and for whom. You have thirty minutes.

## What you have

| file | what |
|---|---|
| `client.jsonl` | the payment client: requests with key and body hash, answers, retries |
| `service.jsonl` | the shop: clicks, statuses of orders, what shoppers were told, webhooks |
| `provider.jsonl` | the provider: requests, replies, charges, refunds, events, deliveries |
| `metrics.json` | counts of each minute |
| `timeline.txt` | the same for a quick look |
| `log.jsonl` | what you did, with times; it is graded with your answers |

A happening has one `id` ("e1234") in every log. `knowledge` is what the client knows after an
attempt: `done`, `not_done`, or `unknown` (a timeout is no failure). `jq` and
`grep` work on the files, and so does

    ./onsite drill logs --order order-17
    ./onsite drill logs --where status=400 --source provider
    ./onsite drill logs --key order-17.pay.1 --json

## What you answer

    ./onsite diagnose violated yes --invariant no_double_charge   (or: violated no)
    ./onsite diagnose at req_1234 --in payment_client             (or the id of a line: e1234)
    ./onsite diagnose because "what happened, in your words"      (locks them, shows the causes)
    ./onsite diagnose cause ID
    ./onsite diagnose affected order-17 order-23                  (or --where, --file, --none)
    ./onsite diagnose alert "rate(conflicts)/rate(payments) > 0.005"
    ./onsite diagnose grade

`./onsite diagnose` alone shows what is still open, `./onsite diagnose --help` every word.

{commitment}
)";

std::string replaced(std::string text, std::string_view mark, std::string_view by) {
    const auto at = text.find(mark);
    return at == text.npos ? text : text.replace(at, mark.size(), by);
}

}  // namespace

std::string readme_page(std::string_view name, const Share& share, std::string_view commitment) {
    std::string text = replaced(std::string(kReadme), "{name}", name);
    text = replaced(std::move(text), "{failed}", std::to_string(share.failed));
    text = replaced(std::move(text), "{orders}", std::to_string(share.orders));
    text = replaced(std::move(text), "{message}", kPaymentMessage);
    return replaced(std::move(text), "{commitment}", commitment);
}

std::string timeline_page(const Metrics& metrics, const Evidence& evidence) {
    std::string text = fmt::format("{:<7}{:>9}{:>9}{:>9}{:>10}{:>8}{:>9}{:>9}{:>12}{:>8}\n", "from",
                                   "payments", "retries", "timeouts", "conflicts", "in_use",
                                   "failures", "charges", "fulfilments", "p95_ms");
    for (std::size_t first = 0; first < metrics.minutes.size(); first += kStretch) {
        Minute sum;
        const std::size_t last = std::min(first + kStretch, metrics.minutes.size());
        for (std::size_t i = first; i < last; ++i) {
            const std::int64_t worst =
                std::max(sum[Metric::p95_ms], metrics.minutes[i][Metric::p95_ms]);
            for (const Metric metric : kMetrics) sum[metric] += metrics.minutes[i][metric];
            sum[Metric::p95_ms] = worst;
        }
        const std::int64_t at_ms =
            metrics.start_ms + static_cast<std::int64_t>(first) * kMsPerMinute;
        text += fmt::format("{:<7}{:>9}{:>9}{:>9}{:>10}{:>8}{:>9}{:>9}{:>12}{:>8}\n",
                            moment_text(at_ms).substr(11, 5), sum[Metric::payments],
                            sum[Metric::retries], sum[Metric::timeouts], sum[Metric::conflicts],
                            sum[Metric::in_use], sum[Metric::failures], sum[Metric::charges],
                            sum[Metric::fulfilments], sum[Metric::p95_ms]);
    }
    text += '\n';
    for (const auto& event : evidence.run.events) {
        if (!event.is("crash") && !event.is("restart")) continue;
        text += fmt::format("{}  the service's process {}\n",
                            moment_text(event.time_us / 1000).substr(11, 8),
                            event.is("crash") ? "ended" : "began again");
    }
    return text;
}

}  // namespace onsite::drill
