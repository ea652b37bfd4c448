#include "simulator/faults/fault.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace onsite::simulator {
namespace {

bool can_happen(FaultKind kind, CutPoint at) {
    using enum CutPoint;
    switch (kind) {
        case FaultKind::refuse:
            return at == connect;
        case FaultKind::lost:
        case FaultKind::reset:
            return at == request || at == response;
        case FaultKind::stall:
        case FaultKind::slow_drip:
        case FaultKind::truncate:
        case FaultKind::bad_json:
            return at == response;
        case FaultKind::status:
            return at == before_commit || at == after_commit;
        case FaultKind::delay:
        case FaultKind::rate_limit:
        case FaultKind::lock_timeout:
        case FaultKind::decline:
            return at == before_commit;
    }
    return false;
}

constexpr std::int64_t kDelayMaxUs = 72LL * 3600 * 1'000'000;

}  // namespace

std::string_view to_string(CutPoint cut_point) {
    switch (cut_point) {
        case CutPoint::connect:
            return "connect";
        case CutPoint::request:
            return "request";
        case CutPoint::before_commit:
            return "before_commit";
        case CutPoint::after_commit:
            return "after_commit";
        case CutPoint::response:
            return "response";
    }
    return "";
}

std::string_view to_string(FaultKind kind) {
    switch (kind) {
        case FaultKind::refuse:
            return "refuse";
        case FaultKind::lost:
            return "lost";
        case FaultKind::reset:
            return "reset";
        case FaultKind::stall:
            return "stall";
        case FaultKind::slow_drip:
            return "slow_drip";
        case FaultKind::truncate:
            return "truncate";
        case FaultKind::bad_json:
            return "bad_json";
        case FaultKind::delay:
            return "delay";
        case FaultKind::status:
            return "status";
        case FaultKind::rate_limit:
            return "rate_limit";
        case FaultKind::lock_timeout:
            return "lock_timeout";
        case FaultKind::decline:
            return "decline";
    }
    return "";
}

Result<void> check_fault(const Fault& fault) {
    if (!can_happen(fault.kind, fault.at)) {
        return usage_error(fmt::format(
            "expected a cut point where \"{}\" can happen, found \"{}\"; docs/reference/faults.md "
            "lists them",
            to_string(fault.kind), to_string(fault.at)));
    }
    if (fault.kind == FaultKind::status && (fault.status < 400 || fault.status > 599)) {
        return usage_error(
            fmt::format("expected an error status from 400 to 599, found {}", fault.status));
    }
    if (fault.attempt < 0 || fault.delay_us < 0 || fault.delay_us > kDelayMaxUs) {
        return usage_error(
            "expected an attempt from 0 and a delay from 0 to 72 hours, found another number");
    }
    return {};
}

const Fault* Arrival::at(CutPoint cut_point) const {
    const auto found = std::ranges::find(faults, cut_point, &Fault::at);
    return found == faults.end() ? nullptr : &*found;
}

Result<void> FaultPlan::add(Fault fault) {
    if (auto good = check_fault(fault); !good) return good;
    if (faults_.size() == kFaultsMax) {
        return usage_error(fmt::format(
            "expected at most {} faults, found one more; clear those that are done", kFaultsMax));
    }
    faults_.push_back(std::move(fault));
    return {};
}

Arrival FaultPlan::arrive(std::string_view operation, std::string_view route) {
    if (operation.empty()) operation = route;
    const std::int64_t of_all = ++arrivals_;
    auto found = of_route_.find(route);
    if (found == of_route_.end()) found = of_route_.emplace(route, 0).first;
    const std::int64_t of_route = ++found->second;
    Arrival arrival{.attempt = of_route};
    if (operation != route) {
        Counted* counted = of_operation_.find(operation);
        if (counted == nullptr) counted = &of_operation_.add({std::string(operation)});
        arrival.attempt = ++counted->arrivals;
    }
    for (const Fault& fault : faults_) {
        const std::int64_t attempt = fault.operation == "*"     ? of_all
                                     : fault.operation == route ? of_route
                                                                : arrival.attempt;
        const bool is_meant =
            fault.operation == "*" || fault.operation == route || fault.operation == operation;
        if (is_meant && (fault.attempt == 0 || fault.attempt == attempt)) {
            arrival.faults.push_back(fault);
        }
    }
    return arrival;
}

}  // namespace onsite::simulator
