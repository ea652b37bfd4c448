// When virtual time may move, and how far.
#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "scenarios/service/service_merchant.hpp"

namespace onsite::scenarios {

void ServiceMerchant::fail(std::string problem) {
    if (!failure_) failure_ = std::move(problem);
}

void ServiceMerchant::exchanged() {
    is_quiet_ = false;
    has_news_ = true;
    sign_us_ = exchange_us_ = real_us();
}

// One after the other, each once the one before led to something or to a window of silence: so the
// service hears them in one order, and works on them side by side.
bool ServiceMerchant::begin_next_call() {
    if (to_begin_.empty()) return false;
    auto [request, call] = std::move(to_begin_.front());
    to_begin_.pop_front();
    sign_us_ = real_us();
    if (!call.is_look) exchanged();
    calls_.emplace(caller_.begin(std::move(request)), std::move(call));
    return true;
}

bool ServiceMerchant::may_ask_more() {
    const std::size_t steps = parts_.scenario.steps.size();
    const std::size_t most = settings_.requests_max + settings_.requests_per_step * steps;
    if (relay_.taken() < most) return true;
    fail(fmt::format("expected at most {} requests to Stripe in this run, found more", most));
    return false;
}

void ServiceMerchant::handle(Inbox::Item item) {
    if (CallEnd* end = std::get_if<CallEnd>(&item)) return handle_end(std::move(*end));
    exchanged();
    if (!may_ask_more()) return;
    if (auto taken = relay_.take(std::move(std::get<ParkedPtr>(item))); !taken)
        fail(taken.error().message);
}

void ServiceMerchant::handle_end(CallEnd end) {
    caller_.is_over(end.number);
    sign_us_ = real_us();
    const auto found = calls_.extract(end.number);
    if (found.empty()) return;
    const Call& ended = found.mapped();
    if (!ended.is_look) exchanged();
    const Result<void> read =
        end.reply ? ended.ended(*end.reply) : Result<void>(pass_on(end.reply));
    if (!read) fail(fmt::format("{}: {}", ended.what, read.error().message));
}

std::int64_t ServiceMerchant::moved(std::int64_t moment_us) {
    const std::int64_t now_real_us = real_us();
    const auto& timeline = parts_.process.timeline();
    // What is due may be an answer to the service.
    if (timeline.has_next() && timeline.next_us() <= moment_us) sign_us_ = now_real_us;
    if (moment_us - anchor_us_ >= now_real_us - anchor_real_us_) {
        anchor_us_ = moment_us;
        anchor_real_us_ = now_real_us;
    }
    return moment_us;
}

// The next thing that happens in virtual time.
std::int64_t ServiceMerchant::due_us(std::int64_t end_us) const {
    const auto& timeline = parts_.process.timeline();
    return timeline.has_next() ? std::min(end_us, timeline.next_us()) : end_us;
}

// As far as the machine's clock has come.
std::int64_t ServiceMerchant::caught_up_us() const {
    const std::int64_t now_us = parts_.process.timeline().now_us();
    return std::max(now_us, anchor_us_ + real_us() - anchor_real_us_);
}

// What comes after a silence took that long; what comes at once took no time.
std::int64_t ServiceMerchant::arrival_us() const {
    const bool was_silent = real_us() - sign_us_ >= settings_.window_ms * 1'000;
    return was_silent ? caught_up_us() : parts_.process.timeline().now_us();
}

// Whoever has nothing to do and said nothing since the last silence need not be waited for.
std::chrono::milliseconds ServiceMerchant::wait() const {
    const bool is_idle = is_quiet_ && to_begin_.empty() && caller_.outstanding() == 0 &&
                         relay_.in_flight() == 0 && !is_settling_;
    return std::chrono::milliseconds(is_idle ? 0 : settings_.window_ms);
}

std::int64_t ServiceMerchant::may_move_to(std::int64_t end_us) {
    while (!failure_) {
        if (real_us() - began_us_ > settings_.run_ms_max * 1'000) {
            fail(fmt::format("expected a run of at most {} s, found a longer one",
                             settings_.run_ms_max / 1'000));
            break;
        }
        const bool has_begun = begin_next_call();
        if (!held_) held_ = inbox_.take(wait());
        if (held_) {
            if (!held_until_us_) held_until_us_ = arrival_us();
            const bool is_behind = parts_.process.timeline().now_us() < *held_until_us_;
            if (is_behind) return std::min(due_us(end_us), *held_until_us_);
            held_until_us_.reset();
            handle(*std::exchange(held_, std::nullopt));
            continue;
        }
        if (has_begun && !to_begin_.empty()) continue;
        if (const auto moment_us = moment_in_silence(due_us(end_us))) return moved(*moment_us);
    }
    return end_us;
}

// Nothing when there is something to be said first.
std::optional<std::int64_t> ServiceMerchant::moment_in_silence(std::int64_t next_us) {
    if (relay_.in_flight() > 0) return next_us;  // It waits for what is due.
    if (caller_.outstanding() > 0) return std::min(next_us, caught_up_us());
    if (std::exchange(has_news_, false)) {
        look_at_orders();
        return std::nullopt;
    }
    const bool is_fresh = real_us() - exchange_us_ < settings_.settle_ms * 1'000;
    if (is_on_its_way() && is_fresh) {
        is_settling_ = true;
        return std::min(next_us, caught_up_us());
    }
    if (std::exchange(is_settling_, false)) {
        look_at_orders();
        return std::nullopt;
    }
    is_quiet_ = true;
    return next_us;
}

}  // namespace onsite::scenarios
