// Goal: what a payment costs is known, and a run without end has an end of its memory. Method: the
// allocator's own count before and after.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "simulator/core/simulator.hpp"
#include "tests/support/allocated.hpp"
#include "tests/support/stripe_client.hpp"

namespace onsite::simulator::testing {
namespace {

using onsite::testing::allocated_bytes;

// Everything that a confirmed payment leaves behind: the intent, its charge, payment method,
// balance transaction, events with their objects, and the answers kept for two keys.
constexpr std::size_t kPaymentBytesMax = 10'000;

void pay(Simulator& simulator, int number) {
    StripeClient client(simulator);
    client.idempotency_key = fmt::format("create-{}", number);
    const std::string id =
        client.post("/v1/payment_intents", {{"amount", "1999"}, {"currency", "usd"}}).text("/id");
    client.idempotency_key = fmt::format("confirm-{}", number);
    const Reply paid =
        client.post("/v1/payment_intents/" + id + "/confirm", {{"payment_method", "pm_card_visa"}});
    ASSERT_EQ(paid.text("/status"), "succeeded");
}

TEST(SimulatorMemoryTest, OfAPaymentIsBounded) {
    constexpr int kPayments = 200;
    Simulator simulator({.seed = 7});
    pay(simulator, 0);
    const std::size_t before = allocated_bytes();
    for (int number = 1; number <= kPayments; ++number) pay(simulator, number);
    const std::size_t each = (allocated_bytes() - before) / kPayments;
    RecordProperty("bytes_of_a_payment", static_cast<int>(each));
    EXPECT_LT(each, kPaymentBytesMax);
    EXPECT_GT(each, 1'000u) << "it measures nothing";
}

// The clock stands still, so that nothing is forgotten for its age.
TEST(SimulatorMemoryTest, DoesNotGrowOnceAllIsKeptThatMayBe) {
    constexpr int kKept = 20;
    Simulator simulator({.seed = 7, .rows_max = kKept});
    int number = 0;
    const auto pay_often = [&] {
        for (int i = 0; i < 10 * kKept; ++i) pay(simulator, ++number);
        return allocated_bytes();
    };
    const std::size_t full = pay_often();
    const std::size_t later = pay_often();
    EXPECT_LT(later, full + full / 20);
}

}  // namespace
}  // namespace onsite::simulator::testing
