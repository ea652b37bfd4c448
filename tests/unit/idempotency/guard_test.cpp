// The guard on both databases: what it answers, races of threads, and a crash at each point between
// the request and its record. PostgreSQL is a real server, started for these tests.
#include "solutions/4-idempotency/guard/guard.hpp"

#include <atomic>
#include <thread>

#include <fmt/format.h>

#include "tests/support/guard_support.hpp"
#include "tests/support/postgresql.hpp"

namespace onsite::idempotency {
namespace {

using onsite::testing::PostgresqlServer;
using ::testing::HasSubstr;

class GuardTest : public ::testing::TestWithParam<const char*> {
protected:
    static void SetUpTestSuite() { server_ = PostgresqlServer::start(); }
    static void TearDownTestSuite() { server_.reset(); }
    void SetUp() override {
        where_ = GetParam() == std::string("sqlite")
                     ? "sqlite:" + (folder_.path() / "keys.db").string()
                     : server_->url();
        auto opened = open_key_store(where_);
        ASSERT_TRUE(opened) << opened.error().message;
        store_ = std::move(*opened);
        // The server is shared by all tests of the suite.
        request_.scope = ::testing::UnitTest::GetInstance()->current_test_info()->name();
    }
    Response handle(const Request& request, const Effect& effect) {
        Guard guard(*store_, clock_);
        auto response = guard.handle(request, effect);
        EXPECT_TRUE(response) << response.error().message;
        return response ? *response : Response{};
    }
    Effect charge() {
        return [this](const Work& work) { return provider_.charge(work); };
    }

    static inline std::unique_ptr<PostgresqlServer> server_;
    testing::TemporaryFolder folder_;
    std::string where_;
    std::unique_ptr<KeyStore> store_;
    SimulatedClock clock_{1'767'603'600'000};
    Provider provider_;
    Request request_{.key = "order-1.pay",
                     .operation = "POST /v1/payments",
                     .body = R"({"amount":1999,"currency":"usd"})"};
};

TEST_P(GuardTest, AsksForAKey) {
    request_.key = "";
    EXPECT_EQ(handle(request_, charge()).status, 428);
    request_.key = std::string(kKeyBytesMax + 1, 'k');
    EXPECT_EQ(handle(request_, charge()).status, 400);
    EXPECT_EQ(provider_.charges(), 0u);
}

TEST_P(GuardTest, RepeatsTheFirstResponse) {
    const Response first = handle(request_, charge());
    EXPECT_EQ(first.status, 201);
    request_.body = R"({ "currency": "usd", "amount": 1999 })";  // The same, written otherwise.
    const Response second = handle(request_, charge());
    EXPECT_TRUE(second.is_replayed);
    EXPECT_EQ(second.body, first.body);
    EXPECT_EQ(provider_.charges(), 1u);
}

TEST_P(GuardTest, ShowsWhatAReusedKeyWasFirstSentWith) {
    handle(request_, charge());
    Request other = request_;
    other.body = R"({"amount":1999,"currency":"usd","receipt_email":"ada@example.com"})";
    const Response refused = handle(other, charge());
    EXPECT_EQ(refused.status, 409);
    EXPECT_THAT(refused.body, HasSubstr(R"("parameters":{"amount":1999,"currency":"usd"})"));
    EXPECT_THAT(refused.body,
                HasSubstr(fingerprint(request_.operation, canonical_parameters(request_.body))));
    other = request_;
    other.operation = "POST /v1/refunds";
    EXPECT_EQ(handle(other, charge()).status, 409);
    EXPECT_EQ(provider_.charges(), 1u);
}

TEST_P(GuardTest, KeysOfTwoAccountsAreTwo) {
    handle(request_, charge());
    request_.scope += " of another account";
    request_.body = "{}";
    EXPECT_EQ(handle(request_, charge()).status, 201);
    EXPECT_EQ(provider_.charges(), 2u);
}

TEST_P(GuardTest, RefusesWhileTheFirstIsAtWork) {
    const Response outer = handle(request_, [&](const Work& work) {
        const Response inner = handle(request_, charge());
        EXPECT_EQ(inner.status, 409);
        EXPECT_THAT(inner.body, HasSubstr("idempotency_key_in_use"));
        return std::optional(provider_.charge(work));
    });
    EXPECT_EQ(outer.status, 201);
}

TEST_P(GuardTest, AnUnknownOutcomeIsTriedAgainUnderTheSameName) {
    std::string first;
    const Response unknown = handle(request_, [&](const Work& work) -> std::optional<Response> {
        first = work.downstream_key;
        provider_.charge(work);
        return std::nullopt;  // The answer was lost.
    });
    EXPECT_EQ(unknown.status, 503);
    const Response known = handle(request_, [&](const Work& work) {
        EXPECT_TRUE(work.is_again);
        EXPECT_EQ(work.downstream_key, first);
        return std::optional(provider_.charge(work));
    });
    EXPECT_EQ(known.status, 201);
    EXPECT_EQ(provider_.charges(), 1u);
}

TEST_P(GuardTest, WhoeverSleptThroughTheLeaseIsNotBelieved) {
    const Response late = handle(request_, [&](const Work& work) {
        clock_.advance_ms(61'000);
        const Response other = handle(request_, charge());
        EXPECT_EQ(other.status, 201);
        provider_.charge(work);
        return std::optional(Response{.status = 500, .body = "mine"});
    });
    EXPECT_EQ(late.status, 201);
    EXPECT_TRUE(late.is_replayed);
    EXPECT_EQ(provider_.charges(), 1u);
}

TEST_P(GuardTest, SurvivesACrashAtEveryPoint) {
    int deaths = 0;
    for (int steps = 0;; ++steps) {
        Request request = request_;
        request.key = fmt::format("key-{}", steps);
        const std::size_t before = provider_.charges();
        MortalStore mortal(*store_, steps);
        Guard guard(mortal, clock_);
        bool has_died = false;
        try {
            (void)guard.handle(request, [&](const Work& work) {
                mortal.step();
                const Response response = provider_.charge(work);
                mortal.step();
                return std::optional(response);
            });
        } catch (const Died&) {
            has_died = true;
            ++deaths;
        }
        // Others ask meanwhile and are told to wait, or are first.
        const Response meanwhile = handle(request, charge());
        EXPECT_TRUE(meanwhile.status == 409 || meanwhile.status == 201) << meanwhile.body;
        clock_.advance_ms(60'001);
        const Response after = handle(request, charge());
        EXPECT_EQ(after.status, 201) << after.body;
        EXPECT_EQ(handle(request, charge()).body, after.body);
        EXPECT_EQ(provider_.charges(), before + 1) << "steps " << steps;
        if (!has_died) break;
    }
    EXPECT_EQ(deaths, 6);  // Before and after the row, the charge, and the record.
}

TEST_P(GuardTest, OfManyThreadsOneDoesTheWork) {
    constexpr int kThreads = 8;
    constexpr int kKeys = 20;
    std::atomic<int> works = 0;
    std::atomic<int> odd = 0;
    const auto ask = [&] {
        const auto store = open_key_store(where_);
        if (!store) return (void)++odd;
        Guard guard(**store, clock_);
        for (int i = 0; i < kKeys; ++i) {
            Request request = request_;
            request.key = fmt::format("race-{}", i);
            const auto response = guard.handle(request, [&](const Work&) {
                ++works;
                return std::optional(Response{.status = 201, .body = "{}"});
            });
            const bool is_fine = response && (response->status == 201 || response->status == 409);
            if (!is_fine) ++odd;
        }
    };
    std::vector<std::jthread> threads;
    for (int i = 0; i < kThreads; ++i) threads.emplace_back(ask);
    threads.clear();
    EXPECT_EQ(works, kKeys);
    EXPECT_EQ(odd, 0);
}

TEST_P(GuardTest, ForgetsWhatIsDoneAndOld) {
    handle(request_, charge());
    Guard guard(*store_, clock_);
    clock_.advance_ms(23LL * 3600 * 1000);
    EXPECT_EQ(*store_->forget(0), 0);
    EXPECT_TRUE(handle(request_, charge()).is_replayed);
    clock_.advance_ms(2LL * 3600 * 1000);
    EXPECT_GE(*guard.forget_old(), 1);
    EXPECT_FALSE(handle(request_, charge()).is_replayed);
}

INSTANTIATE_TEST_SUITE_P(Databases, GuardTest, ::testing::Values("sqlite", "postgresql"),
                         [](const auto& database) { return std::string(database.param); });

TEST(KeyStoreTest, RefusesAnotherPlace) {
    const auto other = open_key_store("mysql://joe:s3cret@host/x");
    ASSERT_FALSE(other);
    EXPECT_THAT(other.error().message, ::testing::Not(::testing::HasSubstr("s3cret")));
    EXPECT_FALSE(open_key_store("sqlite:"));
    EXPECT_FALSE(open_key_store("sqlite:a\"b"));
}

TEST(RequestTest, ParametersDoNotDependOnHowTheyAreWritten) {
    EXPECT_EQ(canonical_parameters(R"({"b":1, "a":[1, 2]})"), R"({"a":[1,2],"b":1})");
    EXPECT_EQ(canonical_parameters("amount=1"), R"("amount=1")");
    EXPECT_NE(fingerprint("a", "bc"), fingerprint("ab", "c"));
}

}  // namespace
}  // namespace onsite::idempotency
