// Goal: the texts of an exercise are read in the order in which a candidate meets them, and a gap
// or an empty section is an error of its author.
#include "harness/catalog/texts.hpp"

#include "tests/unit/catalog/small_repository.hpp"

namespace onsite {
namespace {

using onsite::testing::SmallRepository;
using ::testing::HasSubstr;

TEST(FollowUpsTest, AreSortedByTheirNumber) {
    const SmallRepository repository;
    repository.write("exercises/1-greeting/followups/2-production.md", "second");
    repository.write("exercises/1-greeting/followups/1-many-names.md", "first");
    const auto followups = load_followups(repository.exercise()).value();
    ASSERT_EQ(followups.size(), 2u);
    EXPECT_EQ(followups[0].name, "many-names");
    EXPECT_EQ(followups[0].text, "first");
    EXPECT_EQ(followups[1].number, 2);
}

TEST(FollowUpsTest, MayBeMissing) {
    const SmallRepository repository;
    EXPECT_TRUE(load_followups(repository.exercise()).value().empty());
    EXPECT_TRUE(load_hints(repository.exercise()).value().empty());
}

TEST(FollowUpsTest, RefuseAGapInTheNumbers) {
    const SmallRepository repository;
    repository.write("exercises/1-greeting/followups/1-one.md", "1");
    repository.write("exercises/1-greeting/followups/3-three.md", "3");
    const auto followups = load_followups(repository.exercise());
    ASSERT_FALSE(followups);
    EXPECT_THAT(followups.error().message, HasSubstr("expected follow-up 2"));
}

TEST(FollowUpsTest, RefuseANameWithoutANumber) {
    for (const char* const name : {"notes.md", "1.md", "1-.md", "-1-x.md", "x-1.md"}) {
        const SmallRepository repository;
        repository.write(std::string("exercises/1-greeting/followups/") + name, "text");
        const auto followups = load_followups(repository.exercise());
        ASSERT_FALSE(followups) << name;
        EXPECT_THAT(followups.error().message, HasSubstr("expected a name like 1-name.md"));
    }
}

TEST(HintsTest, AreTheSectionsOfOneFile) {
    const SmallRepository repository;
    repository.write(
        "exercises/1-greeting/hints.md",
        "# Hints\n\nintroduction\n\n## Nudge\n\nThink.\n\n## Concept\nA map.\n### x\n");
    const auto hints = load_hints(repository.exercise()).value();
    ASSERT_EQ(hints.size(), 2u);
    EXPECT_EQ(hints[0].title, "Nudge");
    EXPECT_EQ(hints[0].text, "Think.");
    EXPECT_EQ(hints[1].number, 2);
    EXPECT_EQ(hints[1].text, "A map.\n### x");
}

TEST(HintsTest, RefuseASectionWithoutText) {
    const SmallRepository repository;
    repository.write("exercises/1-greeting/hints.md", "## Nudge\n\n## Concept\ntext\n");
    const auto hints = load_hints(repository.exercise());
    ASSERT_FALSE(hints);
    EXPECT_THAT(hints.error().message, HasSubstr("expected hint 1 to have a title and a text"));
}

TEST(BriefTest, IsRead) {
    const SmallRepository repository;
    EXPECT_EQ(load_brief(repository.exercise()).value(), "# Greet\n");
}

}  // namespace
}  // namespace onsite
