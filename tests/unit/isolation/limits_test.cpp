// Layers are named in reports and switched by name in tests: names and sets must agree.
#include "harness/isolation/limits.hpp"

#include <set>

namespace onsite {
namespace {

TEST(LayerTest, HasOneNameForEachLayer) {
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < kLayerCount; ++i) {
        const auto layer = static_cast<Layer>(i);
        names.insert(to_string(layer));
        EXPECT_EQ(layer_from(to_string(layer)), layer);
    }
    EXPECT_EQ(names.size(), kLayerCount);
    EXPECT_EQ(to_string(Layer::uid), "uid");
    EXPECT_EQ(to_string(Layer::file_size), "file_size");
    EXPECT_EQ(to_string(Layer::output), "output");
    EXPECT_EQ(layer_from("moat"), std::nullopt);
}

TEST(LayerSetTest, SwitchesOneLayerAndLeavesTheOthers) {
    const LayerSet set = LayerSet::all().without(Layer::cpu);
    for (std::size_t i = 0; i < kLayerCount; ++i) {
        const auto layer = static_cast<Layer>(i);
        EXPECT_EQ(set.has(layer), layer != Layer::cpu) << to_string(layer);
    }
    EXPECT_EQ(set.with(Layer::cpu), LayerSet::all());
    EXPECT_NE(set, LayerSet::all());
}

TEST(LayerSetTest, NamesItsLayersInTheirOrder) {
    EXPECT_TRUE(LayerSet::none().names().empty());
    EXPECT_EQ(LayerSet::none().with(Layer::wall).with(Layer::files).names(),
              (std::vector<std::string>{"files", "wall"}));
    EXPECT_EQ(LayerSet::all().names().size(), kLayerCount);
}

TEST(IsolationLevelTest, HasWords) {
    EXPECT_EQ(to_string(IsolationLevel::full), "full");
    EXPECT_EQ(to_string(IsolationLevel::reduced), "reduced");
    EXPECT_EQ(to_string(IsolationLevel::none), "none");
}

}  // namespace
}  // namespace onsite
