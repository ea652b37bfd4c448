#include "simulator/trace/trace.hpp"

namespace onsite::simulator {
namespace {

// Little end first, whatever the machine does.
std::uint64_t number_of(std::string_view bytes) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        number |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    }
    return number;
}

}  // namespace

std::uint64_t add_to_hash(std::uint64_t hash, std::string_view bytes) {
    hash ^= bytes.size() * 0x9E3779B97F4A7C15u;
    while (!bytes.empty()) {
        const std::string_view next = bytes.substr(0, 8);
        hash = (hash ^ number_of(next)) * 0xD6E8FEB86659FD93u;
        hash ^= hash >> 32;
        bytes.remove_prefix(next.size());
    }
    return hash;
}

void Trace::finish_line() {
    hash_ = add_to_hash(hash_, line_);
    ++count_;
    if (sink_) sink_(line_);
}

}  // namespace onsite::simulator
