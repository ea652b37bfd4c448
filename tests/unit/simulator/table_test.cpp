// Goal: a table keeps the youngest rows, finds them by their ids and by what they name, and its
// pointers stay good. Method: the same random steps on a table and on plain containers.
#include "simulator/core/table.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/rng.hpp"
#include "simulator/core/simulator.hpp"
#include "tests/support/stripe_client.hpp"

namespace onsite::simulator::testing {

struct Thing {
    std::string id;
    std::string owner = {};
    std::string other = {};
};
std::array<std::string_view, 2> owners_of(const Thing& row) { return {row.owner, row.other}; }

namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Model {
    std::deque<Thing> rows;

    std::vector<std::string> of(std::string_view owner) const {
        std::vector<std::string> ids;
        for (const Thing& row : rows) {
            if (row.owner == owner || row.other == owner) ids.push_back(row.id);
        }
        return ids;
    }
};

std::string owner_name(Rng& chance) {
    const std::uint64_t number = chance.below(6);
    return number == 0 ? "" : fmt::format("owner-{}", number);
}

Thing thing(std::uint64_t number, Rng& chance) {
    return {fmt::format("thing-{}", number), owner_name(chance), "x" + owner_name(chance)};
}

void expect_same(const Table<Thing>& table, const Model& model) {
    ASSERT_EQ(table.rows().size(), model.rows.size());
    EXPECT_TRUE(std::ranges::equal(table.rows(), model.rows, {}, &Thing::id, &Thing::id));
    for (const char* owner : {"owner-1", "owner-5", "x", "xowner-2", "nobody"}) {
        std::vector<std::string> ids;
        for (const Thing* row : table.rows_of(owner)) ids.push_back(row->id);
        EXPECT_EQ(ids, model.of(owner)) << owner;
    }
}

TEST(TableTest, IsWhatPlainContainersAre) {
    for (const std::size_t rows_max : {1u, 2u, 7u, 100u}) {
        Rng chance(rows_max);
        Table<Thing> table(rows_max);
        Model model;
        for (std::uint64_t step = 0; step < 2'000; ++step) {
            if (chance.below(4) > 0 || model.rows.empty()) {
                model.rows.push_back(thing(step, chance));
                const std::string id = model.rows.back().id;
                EXPECT_EQ(table.add(model.rows.back()).id, id);
                if (model.rows.size() > rows_max) model.rows.pop_front();
            } else {
                Thing& row = model.rows[chance.below(model.rows.size())];
                row.owner = owner_name(chance);
                table.replace(*table.find(row.id), row);
            }
            EXPECT_EQ(table.find("thing"), nullptr);
            const Thing& some = model.rows[chance.below(model.rows.size())];
            ASSERT_NE(table.find(some.id), nullptr);
            EXPECT_EQ(table.find(some.id)->owner, some.owner);
            if (step % 50 == 0) expect_same(table, model);
        }
        expect_same(table, model);
    }
}

TEST(TableTest, LeavesRowsWhereTheyAre) {
    Table<Thing> table(10'000);
    const Thing* first = &table.add({"first"});
    for (int i = 1; i < 10'000; ++i) table.add({fmt::format("{}", i)});
    EXPECT_EQ(table.find("first"), first);
    EXPECT_EQ(first->id, "first");
    table.add({"one too many"});
    EXPECT_EQ(table.find("first"), nullptr);
}

// ---- What the tables are for ----

std::vector<std::string> ids_in(const Reply& list) {
    std::vector<std::string> ids;
    for (const auto& object : list.body["data"]) ids.push_back(object["id"]);
    return ids;
}

struct OwnedListTest : ::testing::Test {
    std::string customer() { return client.post("/v1/customers", {}).text("/id"); }
    std::string payment(std::string_view of) {
        return client
            .post("/v1/payment_intents",
                  {{"amount", "1000"}, {"currency", "usd"}, {"customer", of}})
            .text("/id");
    }
    std::vector<std::string> payments_of(std::string_view of) {
        return ids_in(client.get("/v1/payment_intents", {{"customer", of}}));
    }

    Simulator simulator{{.seed = 7, .rows_max = 20}};
    StripeClient client{simulator};
};

TEST_F(OwnedListTest, FollowsAPaymentToAnotherCustomer) {
    const std::string ada = customer();
    const std::string bob = customer();
    const std::string first = payment(ada);
    const std::string second = payment(bob);
    client.post("/v1/payment_intents/" + first, {{"customer", bob}});
    EXPECT_THAT(payments_of(ada), IsEmpty());
    EXPECT_THAT(payments_of(bob), ElementsAre(second, first));
}

TEST_F(OwnedListTest, FollowsACardThatIsAttachedAndDetached) {
    const std::string ada = customer();
    const auto cards = [&] {
        return ids_in(client.get("/v1/payment_methods", {{"customer", ada}}));
    };
    const std::string card =
        client.post("/v1/payment_methods/pm_card_visa/attach", {{"customer", ada}}).text("/id");
    EXPECT_THAT(cards(), ElementsAre(card));
    client.post("/v1/payment_methods/" + card + "/detach");
    EXPECT_THAT(cards(), IsEmpty());
}

TEST_F(OwnedListTest, TurnsPagesInBothDirectionsAndForgetsWhatIsDropped) {
    const std::string ada = customer();
    std::vector<std::string> made;
    for (int i = 0; i < 30; ++i) {
        made.push_back(payment(ada));
        client.post("/v1/payment_intents", {{"amount", "1000"}, {"currency", "usd"}});
    }
    // Of sixty payments the last twenty are kept, ten of them hers.
    const auto page = [&](std::string_view cursor, std::size_t place) {
        return ids_in(client.get("/v1/payment_intents",
                                 {{"customer", ada}, {"limit", "2"}, {cursor, made[place]}}));
    };
    EXPECT_EQ(payments_of(ada).size(), 10u);
    EXPECT_THAT(page("starting_after", 28), ElementsAre(made[27], made[26]));
    EXPECT_THAT(page("starting_after", 21), ElementsAre(made[20]));
    EXPECT_THAT(page("ending_before", 20), ElementsAre(made[22], made[21]));
    EXPECT_THAT(page("ending_before", 29), IsEmpty());
}

// Numbers that were dropped from the front are still in memory, and must not come back in the place
// of one that is older than they are.
TEST(OwnerIndexTest, TakesBackARowThatIsOlderThanThoseDropped) {
    OwnerIndex index;
    for (const std::uint64_t number : {1u, 3u, 5u, 7u, 9u}) index.add("ada", number);
    index.remove("ada", 1);
    index.remove("ada", 3);
    index.add("ada", 1);
    EXPECT_THAT(index.of("ada"), ElementsAre(1, 5, 7, 9));
    index.remove("ada", 7);
    EXPECT_THAT(index.of("ada"), ElementsAre(1, 5, 9));
}

TEST(IdempotencyKeysTest, AreAsManyAsObjectsWhateverTheClockDoes) {
    Simulator simulator({.seed = 7, .rows_max = 3});
    StripeClient client(simulator);
    const auto is_replayed = [&](std::string key) {
        client.idempotency_key = std::move(key);
        return client.post("/v1/customers", {}).response.is_replayed;
    };
    for (const char* key : {"a", "b", "c"}) EXPECT_FALSE(is_replayed(key));
    for (const char* key : {"a", "b", "c"}) EXPECT_TRUE(is_replayed(key));
    EXPECT_FALSE(is_replayed("d"));
    EXPECT_TRUE(is_replayed("b"));
    EXPECT_FALSE(is_replayed("a")) << "the oldest one was forgotten for d";
}

}  // namespace
}  // namespace onsite::simulator::testing
