#include "scenarios/export/diagram.hpp"

#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "scenarios/export/export.hpp"
#include "scenarios/export/page_parts.hpp"

namespace onsite::scenarios {
namespace {

constexpr int kRowHeight = 26;
constexpr int kTop = 40;
constexpr int kWidth = 1240;
constexpr std::string_view kLaneNames[] = {"shopper", "shop", "network", "provider", "webhooks"};

int x_of(Lane lane) { return 190 + static_cast<int>(lane) * 245; }

std::string joined(std::initializer_list<std::string_view> words) {
    std::string text;
    for (const std::string_view word : words) {
        if (!word.empty()) text += fmt::format("{}{}", text.empty() ? "" : " ", word);
    }
    return text;
}

DrawnRow arrow(Lane from, Lane to, std::string label) {
    return {.from = from, .to = to, .label = std::move(label)};
}
DrawnRow note(Lane lane, std::string label) { return arrow(lane, lane, std::move(label)); }

std::optional<DrawnRow> request_row(const TraceEvent& event) {
    using enum Lane;
    if (event.is("send")) {
        return arrow(shop, network,
                     joined({event.text("op"), "attempt", event.text("att"), event.text("key")}));
    }
    if (event.is("req")) {
        DrawnRow row = arrow(network, provider, joined({"arrives", event.text("op")}));
        for (const std::string_view fault : event.texts("fault")) {
            row.faults += fmt::format("{}{}", row.faults.empty() ? "" : ", ", fault);
        }
        return row;
    }
    if (event.is("reply")) {
        const std::string_view replayed = event.text("replays").empty() ? "" : "replayed";
        DrawnRow row = arrow(provider, network, joined({event.text("status"), replayed}));
        row.faults = event.text("cut");
        return row;
    }
    if (event.is("answer")) {
        return arrow(network, shop,
                     joined({event.text("out"), event.text("status"), event.text("how")}));
    }
    if (event.is("timeout")) return note(shop, joined({"timeout:", event.text("op"), "unknown"}));
    if (event.is("retry")) return note(shop, joined({"will retry", event.text("order")}));
    return std::nullopt;
}

std::optional<DrawnRow> webhook_row(const TraceEvent& event) {
    using enum Lane;
    if (event.is("hook")) {
        return arrow(provider, webhooks,
                     joined({"delivery", event.text("attempt"),
                             event.text("is_copy").empty() ? "" : "(copy)"}));
    }
    if (event.is("hook_got")) {
        DrawnRow row = arrow(webhooks, shop, std::string(event.text("type")));
        if (event.text("signature") != "good") row.faults = event.text("signature");
        return row;
    }
    if (event.is("accept")) return note(shop, joined({"believes", event.text("type")}));
    if (event.is("hook_reply")) return arrow(shop, webhooks, std::string(event.text("status")));
    if (event.is("hook_given_up")) return note(webhooks, "given up");
    return std::nullopt;
}

std::optional<DrawnRow> other_row(const TraceEvent& event) {
    using enum Lane;
    if (event.is("step")) {
        return arrow(shopper, shop,
                     joined({event.text("do"), event.text("order"), event.text("refund"),
                             event.text("amount"), event.text("currency")}));
    }
    if (event.is("challenge")) {
        return arrow(provider, shopper, joined({"asks who pays", event.text("order")}));
    }
    if (event.is("authentication")) {
        return arrow(shopper, provider,
                     joined({"authentication", event.text("result"), event.text("order")}));
    }
    if (event.is("told")) {
        return arrow(shop, shopper, joined({event.text("order"), event.text("what")}));
    }
    if (event.is("state")) {
        return note(shop, joined({event.text("order"), "is", event.text("to")}));
    }
    if (event.is("effect")) return note(shop, joined({event.text("kind"), event.text("order")}));
    if (event.is("crash")) {
        DrawnRow row = note(shop, "");
        row.faults = joined({"crash", event.text("when"), event.text("await"), event.text("nth")});
        return row;
    }
    if (event.is("restart")) return note(shop, "restart");
    if (event.is("heal")) return note(network, "the faults are over");
    if (event.is("charge") || event.is("refund")) {
        DrawnRow row =
            note(provider, joined({event.kind, event.text("amount"), event.text("currency")}));
        row.classes = "money";
        return row;
    }
    return std::nullopt;
}

std::optional<DrawnRow> row_of(const TraceEvent& event) {
    for (const auto make : {request_row, webhook_row, other_row}) {
        if (auto row = make(event)) return row;
    }
    return std::nullopt;
}

std::string lanes(int height) {
    std::string out;
    for (int i = 0; i < 5; ++i) {
        const int x = x_of(static_cast<Lane>(i));
        out += fmt::format(
            "<text class=\"name\" x=\"{0}\" y=\"18\" text-anchor=\"middle\">{1}</text>"
            "<line class=\"lane\" x1=\"{0}\" x2=\"{0}\" y1=\"26\" y2=\"{2}\"/>\n",
            x, kLaneNames[i], height);
    }
    return out;
}

std::string arrow_at(int from, int to, int y) {
    const int back = to > from ? -8 : 8;
    return fmt::format(
        "<path class=\"arrow\" d=\"M{0} {2}H{1}\"/><path class=\"head\" d=\"M{1} {2}l{3} -4v8z\"/>",
        from, to, y, back);
}

std::string drawn(const RunRecord& run, const DrawnRow& row, int y) {
    const std::int64_t since_us = row.event->time_us - run.scenario.start_us;
    const int from = x_of(row.from);
    const int to = x_of(row.to);
    std::string out = fmt::format(
        "<g class=\"event {}\" id=\"e{}\"><title>line {}: {}</title>"
        "<rect class=\"row\" x=\"4\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"4\"/>"
        "<text class=\"time\" x=\"10\" y=\"{}\">{}.{:03} s</text>",
        row.classes, row.event->line, row.event->line, page_text(row.event->kind), y - 17,
        kWidth - 8, kRowHeight - 2, y, since_us / 1'000'000, since_us / 1'000 % 1'000);
    if (from == to) {
        out += fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"4\"/><text x=\"{}\" y=\"{}\">{}</text>",
                           from, y - 4, from + 10, y, page_text(row.label));
    } else {
        out += arrow_at(from, to, y + 4);
        out += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                           (from + to) / 2, y, page_text(row.label));
    }
    if (!row.faults.empty()) {
        const int x = from == to ? from + 10 : x_of(Lane::network);
        out += fmt::format("<text class=\"fault\" x=\"{}\" y=\"{}\" text-anchor=\"{}\">✕ {}</text>",
                           x, y, from == to ? "start" : "end", page_text(row.faults));
    }
    return out + "</g>\n";
}

}  // namespace

std::vector<DrawnRow> rows_of(const RunRecord& run, const std::set<std::int64_t>& bad,
                              const std::set<std::int64_t>& chain) {
    std::vector<DrawnRow> rows;
    for (const TraceEvent& event : run.events) {
        auto row = row_of(event);
        const bool is_bad = bad.contains(event.line);
        if (!row && is_bad) row = note(Lane::shop, event.kind);
        if (!row) continue;
        if (rows.size() == kRowsMax) break;
        row->event = &event;
        if (is_bad) {
            row->classes += " bad";
        } else if (chain.contains(event.line)) {
            row->classes += " cause";
        }
        rows.push_back(std::move(*row));
    }
    return rows;
}

std::string diagram_of(const RunRecord& run, const std::vector<DrawnRow>& rows) {
    const int height = kTop + kRowHeight * static_cast<int>(rows.size()) + 10;
    std::string out = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" "
        "viewBox=\"0 0 {0} {1}\" role=\"img\" aria-label=\"who talked to whom, and when\">\n",
        kWidth, height);
    out += lanes(height);
    int y = kTop + 16;
    for (const DrawnRow& row : rows) {
        out += drawn(run, row, y);
        y += kRowHeight;
    }
    return out + "</svg>\n";
}

}  // namespace onsite::scenarios
