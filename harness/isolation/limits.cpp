#include "harness/isolation/limits.hpp"

#include <array>
#include <cstdlib>

namespace onsite {
namespace {

// In the order of the enumerators.
constexpr std::array<std::string_view, kLayerCount> kLayerNames = {
    "uid",   "files",     "network", "processes", "syscalls", "memory",
    "count", "file_size", "cpu",     "wall",      "output"};

}  // namespace

std::string_view to_string(Layer layer) { return kLayerNames[static_cast<std::size_t>(layer)]; }

std::optional<Layer> layer_from(std::string_view word) {
    for (std::size_t i = 0; i < kLayerCount; ++i) {
        if (kLayerNames[i] == word) return static_cast<Layer>(i);
    }
    return std::nullopt;
}

LayerSet LayerSet::all() {
    LayerSet set;
    set.bits_.set();
    return set;
}

LayerSet LayerSet::with(Layer layer) const {
    LayerSet set = *this;
    set.bits_.set(static_cast<std::size_t>(layer));
    return set;
}

LayerSet LayerSet::without(Layer layer) const {
    LayerSet set = *this;
    set.bits_.reset(static_cast<std::size_t>(layer));
    return set;
}

std::vector<std::string> LayerSet::names() const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < kLayerCount; ++i) {
        if (bits_.test(i)) names.emplace_back(kLayerNames[i]);
    }
    return names;
}

std::string_view to_string(IsolationLevel level) {
    switch (level) {
        case IsolationLevel::full:
            return "full";
        case IsolationLevel::reduced:
            return "reduced";
        case IsolationLevel::none:
            return "none";
    }
    std::abort();
}

}  // namespace onsite
