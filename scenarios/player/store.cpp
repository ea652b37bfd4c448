#include "scenarios/player/store.hpp"

#include <charconv>
#include <utility>

namespace onsite::scenarios {
namespace {

const std::string kNothing;

}  // namespace

const std::string& Row::operator[](std::string_view column) const {
    const auto found = columns_.find(column);
    return found == columns_.end() ? kNothing : found->second;
}

std::string& Row::operator[](std::string_view column) {
    const auto found = columns_.find(column);
    return found == columns_.end() ? columns_[std::string(column)] : found->second;
}

std::int64_t Row::number(std::string_view column) const {
    const std::string& text = (*this)[column];
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

Row Transaction::get(std::string_view key) const {
    const auto found = rows_.find(key);
    return found == rows_.end() ? Row() : found->second;
}

void Transaction::put(const std::string& key, Row row) {
    constexpr std::string_view kOrders = "order/";
    const Row before = get(key);
    const std::string to = std::as_const(row)["status"];
    if (key.starts_with(kOrders) && before["status"] != to) {
        process_.note("state", [&](simulator::JsonWriter& json) {
            json.text("order", std::string_view(key).substr(kOrders.size()));
            json.text("from", before["status"]);
            json.text("to", to);
        });
    }
    rows_[key] = std::move(row);
}

void Transaction::effect(std::string_view kind, std::string_view order, std::string_view by) {
    process_.note("effect", [&](simulator::JsonWriter& json) {
        json.text("kind", kind);
        json.text("order", order);
        json.text("by", by);
    });
}

Await<bool> Store::transact(std::string order, std::string await, Work work) {
    return {process_, std::move(order), std::move(await),
            [this, work = std::move(work)](const PendingPtr<bool>& pending) {
                auto& timeline = process_.timeline();
                // The work refers to its coroutine, which is gone when it is not awaited any more.
                timeline.at(timeline.now_us() + latency_us_, [this, work, pending] {
                    if (!pending->is_awaited()) return;
                    bool result = false;
                    process_.caused_by(pending->cause(), [&] {
                        Transaction transaction(rows_, process_);
                        result = work(transaction);
                    });
                    pending->resume(result);
                });
            }};
}

Await<Row> Store::read(std::string order, std::string key) {
    return {process_, std::move(order), "read",
            [this, key = std::move(key)](const PendingPtr<Row>& pending) {
                auto& timeline = process_.timeline();
                timeline.at(timeline.now_us() + latency_us_, [this, key, pending] {
                    const auto found = rows_.find(key);
                    pending->resume(found == rows_.end() ? Row() : found->second);
                });
            }};
}

}  // namespace onsite::scenarios
