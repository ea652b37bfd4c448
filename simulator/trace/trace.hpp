// What happened, as JSON Lines: the only thing that is judged, and the same at every replay.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "simulator/wire/json_writer.hpp"

namespace onsite::simulator {

// Each line begins {"i":17,"t":250000,"ev":"req", with its number and the virtual time in
// microseconds. The hash covers every byte of every line, so two traces are equal when their
// hashes are (docs/reference/trace.md). Thread safety: none.
class Trace {
public:
    using Sink = std::function<void(std::string_view line)>;  // With its newline.

    // Without a sink only the hash is kept.
    explicit Trace(Sink sink = {}) : sink_(std::move(sink)) {}

    // Writes one line: `write` adds the members that follow "ev".
    template <typename Write>
    void add(std::int64_t now_us, std::string_view event, const Write& write) {
        line_.clear();
        line_.begin_object();
        line_.number("i", static_cast<std::int64_t>(count_));
        line_.number("t", now_us);
        line_.word("ev", event);
        write(line_);
        line_.end_object();
        line_.end_line();
        finish_line();
    }

    std::uint64_t count() const { return count_; }
    std::uint64_t hash() const { return hash_; }

private:
    void finish_line();

    Sink sink_;
    JsonWriter line_;
    std::uint64_t count_ = 0;
    std::uint64_t hash_ = 0;
};

}  // namespace onsite::simulator
