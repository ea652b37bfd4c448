#include "simulator/trace/trace_window.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace onsite::simulator {

void TraceWindow::add(std::string_view line) {
    lines_.emplace_back(line);
    bytes_ += line.size();
    while (bytes_ > bytes_max_ && lines_.size() > 1) {
        bytes_ -= lines_.front().size();
        lines_.pop_front();
        ++dropped_;
    }
}

std::string TraceWindow::text(std::uint64_t from) const {
    std::string text;
    if (from < dropped_) {
        text = fmt::format("{{\"ev\":\"dropped\",\"lines\":{}}}\n", dropped_ - from);
    }
    const std::uint64_t skipped = std::max(from, dropped_) - dropped_;
    for (std::size_t i = skipped; i < lines_.size(); ++i) text += lines_[i];
    return text;
}

}  // namespace onsite::simulator
