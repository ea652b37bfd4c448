#include "scenarios/search/explore.hpp"

#include <fmt/format.h>

#include "base/parse_number.hpp"
#include "scenarios/player/player.hpp"
#include "scenarios/search/in_order.hpp"
#include "scenarios/search/resolve.hpp"
#include "scenarios/search/trial.hpp"

namespace onsite::scenarios {
namespace {

struct SeedRun {
    Scenario scenario = {};
    std::vector<Violation> broken = {};
};

}  // namespace

std::optional<SeedRange> parse_seeds(std::string_view text) {
    constexpr std::string_view kTo = "..";
    const auto dots = text.find(kTo);
    const auto first = parse_number<std::uint64_t>(text.substr(0, dots));
    const auto last =
        dots == text.npos ? first : parse_number<std::uint64_t>(text.substr(dots + kTo.size()));
    if (!first || !last || *first > *last || *last - *first >= kSeedsMax) return std::nullopt;
    return SeedRange{*first, *last};
}

bool Discoveries::add(std::string cause, const Scenario& scenario, const Violation& violation) {
    if (all_.size() == kDiscoveriesMax) return false;
    const bool is_new =
        known_.try_emplace({violation.checker, violation.operation}, all_.size()).second;
    if (is_new) all_.push_back({std::move(cause), scenario, violation});
    return is_new;
}

Exploration explore(const Scenario& scenario, const ShopKind& shop, SeedRange seeds,
                    unsigned threads, const Progress& progress) {
    const auto points = play(calm(scenario), shop, Header::without_scenario).points;
    Scenario chaotic = scenario;
    if (!chaotic.chaos) chaotic.chaos = usual_chaos();
    Exploration exploration;
    Discoveries discoveries;
    const auto try_seed = [&](std::uint64_t i) {
        SeedRun run{.scenario = resolve(chaotic, seeds.first + i, points)};
        run.broken = violations_of(run.scenario, shop);
        return run;
    };
    work_in_order(seeds.count(), threads, try_seed, [&](std::uint64_t i, SeedRun run) {
        ++exploration.seeds;
        if (!run.broken.empty()) ++exploration.failed;
        for (const Violation& one : run.broken) {
            ++exploration.broken[one.checker];
            discoveries.add(fmt::format("seed {}", seeds.first + i), run.scenario, one);
        }
        if (progress) progress(exploration.seeds, exploration.failed);
    });
    exploration.discoveries = discoveries.take();
    return exploration;
}

}  // namespace onsite::scenarios
