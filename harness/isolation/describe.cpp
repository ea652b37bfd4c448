#include "harness/isolation/describe.hpp"

#include <fmt/format.h>

namespace onsite {
namespace {

// Without one of these a submission can reach what judges it.
bool keeps_the_grader_safe(const IsolationFacts& facts, const LayerSet& layers) {
    return layers.has(Layer::files) && layers.has(Layer::network) && layers.has(Layer::processes) &&
           (layers.has(Layer::uid) || !facts.is_root);
}

IsolationLevel level_of(const IsolationFacts& facts, const LayerSet& layers) {
    if (!keeps_the_grader_safe(facts, layers)) return IsolationLevel::none;
    const bool is_full = layers == LayerSet::all() && facts.cgroup.limits_memory();
    return is_full ? IsolationLevel::full : IsolationLevel::reduced;
}

std::string note_for(Layer layer, const IsolationFacts& facts) {
    const std::string_view group = facts.cgroup.name();
    if (layer == Layer::uid) return "uid: an unprivileged user of its own";
    if (layer == Layer::memory) {
        if (facts.cgroup.limits_memory()) return fmt::format("memory: {}", group);
        return "memory: RLIMIT_DATA, no cgroup that we may write";
    }
    if (layer == Layer::count) {
        if (facts.cgroup.limits_processes())
            return fmt::format("count: {} and RLIMIT_NPROC", group);
        return "count: RLIMIT_NPROC";
    }
    if (layer == Layer::cpu) {
        if (facts.cgroup.counts_cpu()) return fmt::format("cpu: {} and RLIMIT_CPU", group);
        return "cpu: RLIMIT_CPU, for each process by itself";
    }
    return {};
}

std::string note_for_missing(Layer layer, const IsolationFacts& facts) {
    if (!facts.wanted.has(layer)) return fmt::format("{}: off, switched off", to_string(layer));
    if (layer == Layer::count) return "count: off, root without a pids cgroup";
    return facts.is_root ? "uid: off, this container has no other user ids"
                         : "uid: off, not started as root";
}

}  // namespace

IsolationReport describe_isolation(const IsolationFacts& facts) {
    IsolationReport report;
    report.layers = facts.wanted;
    if (!facts.user) report.layers = report.layers.without(Layer::uid);
    // The kernel exempts root from RLIMIT_NPROC.
    if (!facts.user && facts.is_root && !facts.cgroup.limits_processes()) {
        report.layers = report.layers.without(Layer::count);
    }
    report.level = level_of(facts, report.layers);
    for (std::size_t i = 0; i < kLayerCount; ++i) {
        const auto layer = static_cast<Layer>(i);
        std::string note =
            report.layers.has(layer) ? note_for(layer, facts) : note_for_missing(layer, facts);
        if (!note.empty()) report.notes.push_back(std::move(note));
    }
    return report;
}

}  // namespace onsite
