// What led to a request of a service, which does not say it.
#include "scenarios/service/send_causes.hpp"

#include <gtest/gtest.h>

namespace onsite::scenarios {
namespace {

constexpr std::int64_t kPauseUs = 500'000;
const std::string kOrder = "order-1";
const std::string kPay = "order-1.pay";

// A service that heard of a click in line 1, and whose first attempt ended so in line 5, at 0.
class Retrying {
public:
    explicit Retrying(int status) {
        causes_.heard(kOrder, 1);
        EXPECT_EQ(causes_.cause_of(kOrder, kPay, -1'000'000), 1);
        causes_.ended(kPay, {.line = 5, .time_us = 0, .status = status});
    }
    SendCauses& operator*() { return causes_; }
    std::int64_t next(std::int64_t now_us = kPauseUs) {
        return causes_.cause_of(kOrder, kPay, now_us);
    }

private:
    SendCauses causes_{kPauseUs};
};

TEST(SendCausesTest, NothingWasSaid) {
    SendCauses causes(kPauseUs);
    EXPECT_EQ(causes.cause_of(kOrder, kPay, 0), -1);
}

TEST(SendCausesTest, WhatFollowsOnAnAttemptThatFailedIsItsRetry) {
    EXPECT_EQ(Retrying(0).next(), 5);
    EXPECT_EQ(Retrying(500).next(1), 5);
    EXPECT_EQ(Retrying(402).next(), 5);
}

TEST(SendCausesTest, WhatFollowsOnASuccessIsNoRetry) { EXPECT_EQ(Retrying(200).next(), 1); }

TEST(SendCausesTest, AnAttemptIsRetriedOnce) {
    Retrying service(500);
    EXPECT_EQ(service.next(), 5);
    // Side by side with that retry, which is open: no retry of it.
    EXPECT_EQ(service.next(), 1);
}

TEST(SendCausesTest, WhatItHearsAfterwardsExcusesOneRequestOfEachOperation) {
    Retrying service(402);
    (*service).heard(kOrder, 6);
    EXPECT_EQ(service.next(), 6);
    EXPECT_EQ((*service).cause_of(kOrder, "order-1.look", 0), 6);
    (*service).ended(kPay, {.line = 7, .time_us = 1, .status = 500});
    EXPECT_EQ(service.next(2), 7);
}

TEST(SendCausesTest, WhatItHeardBeforeOrOfAnotherOrderExcusesNothing) {
    Retrying service(500);
    (*service).heard(kOrder, 4);
    (*service).heard("order-2", 6);
    EXPECT_EQ(service.next(), 5);
}

TEST(SendCausesTest, ATickIsHeardByAllOrders) {
    Retrying service(500);
    (*service).heard("", 6);
    EXPECT_EQ(service.next(), 6);
}

TEST(SendCausesTest, OfTwoThatFitTheLatestIsRetried) {
    Retrying service(500);
    (*service).heard(kOrder, 6);  // A tick, which begins a series of its own.
    EXPECT_EQ(service.next(60'000'000), 6);
    (*service).ended(kPay, {.line = 7, .time_us = 60'100'000, .status = 500});
    EXPECT_EQ(service.next(60'600'000), 7);
}

TEST(SendCausesTest, OfSeveralAttemptsTheOneThatSuitsTheServiceIsRetried) {
    Retrying service(402);
    (*service).ended(kPay, {.line = 6, .time_us = 10, .status = 409});
    (*service).ended(kPay, {.line = 7, .time_us = 400'000, .status = 0});
    EXPECT_EQ(service.next(600'000), 6);  // The pause after line 7 would be too short.
    EXPECT_EQ(service.next(600'000), 7);  // Not the definite no.
    EXPECT_EQ(service.next(600'000), 5);  // There is no better one left.
}

}  // namespace
}  // namespace onsite::scenarios
