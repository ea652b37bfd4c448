#include "scenarios/service/send_causes.hpp"

#include <algorithm>
#include <iterator>

#include "scenarios/player/provider.hpp"

namespace onsite::scenarios {
namespace {

bool is_no(const SendCauses::End& end) { return is_definite_no(end.status); }

}  // namespace

void SendCauses::heard(const std::string& order, std::int64_t line) {
    if (order.empty()) {
        heard_by_all_ = line;
    } else {
        heard_[order] = line;
    }
}

void SendCauses::ended(const std::string& operation, const End& end) {
    auto& ends = ends_[operation];
    if (knowledge_of(end.status) == Knowledge::done) {
        std::erase_if(ends, is_no);
    } else {
        ends.push_back(end);
    }
}

std::int64_t SendCauses::cause_of(const std::string& order, const std::string& operation,
                                  std::int64_t now_us) {
    const auto found = heard_.find(order);
    const std::int64_t said = std::max(heard_by_all_, found == heard_.end() ? -1 : found->second);
    auto& ends = ends_[operation];
    std::int64_t& used = used_.try_emplace(operation, -1).first->second;
    const bool is_news = said > used && (ends.empty() || said > ends.back().line);
    if (is_news || ends.empty()) {
        used = std::max(used, said);
        std::erase_if(ends, is_no);  // It is asked anew.
        return said;
    }
    const auto is_fit = [&](const End& end) {
        return !is_no(end) && now_us - end.time_us >= pause_us_;
    };
    const auto latest = std::find_if(ends.rbegin(), ends.rend(), is_fit);
    auto retried =
        latest == ends.rend() ? std::ranges::find_if_not(ends, is_no) : std::prev(latest.base());
    if (retried == ends.end()) retried = ends.begin();
    const std::int64_t line = retried->line;
    ends.erase(retried);
    return line;
}

}  // namespace onsite::scenarios
