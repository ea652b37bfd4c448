#include "scenarios/search/trial.hpp"

#include "scenarios/player/player.hpp"

namespace onsite::scenarios {

std::vector<Violation> violations_of(const Scenario& scenario, const ShopKind& shop) {
    const Played played = play(scenario, shop, Header::without_scenario);
    return judge(record_of(played.trace, scenario));
}

}  // namespace onsite::scenarios
