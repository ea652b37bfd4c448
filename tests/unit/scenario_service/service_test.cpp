// What is said to a service and how its replies are read, without one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/format/names.hpp"
#include "scenarios/service/inbox.hpp"
#include "scenarios/service/play_service.hpp"
#include "scenarios/service/service_call.hpp"
#include "scenarios/service/service_contract.hpp"
#include "tests/support/raw_listener.hpp"

namespace onsite::scenarios {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::RawListener;

TEST(ServiceUrlTest, HasAHostAPortAndAPath) {
    const auto plain = parse_service_url("http://127.0.0.1:8080/");
    ASSERT_TRUE(plain) << plain.error().message;
    EXPECT_EQ(plain->host, "127.0.0.1");
    EXPECT_EQ(plain->port, 8080);
    EXPECT_EQ(plain->prefix, "");
    const auto deep = parse_service_url("http://localhost/api/v1");
    ASSERT_TRUE(deep) << deep.error().message;
    EXPECT_EQ(deep->port, 80);
    EXPECT_EQ(deep->prefix, "/api/v1");
    const auto six = parse_service_url("http://[::1]:8080");
    ASSERT_TRUE(six) << six.error().message;
    EXPECT_EQ(six->host, "[::1]");
    EXPECT_EQ(six->port, 8080);
    for (const char* url : {"", "localhost", "https://127.0.0.1", "http://", "http://:80",
                            "http://127.0.0.1:", "http://127.0.0.1:0", "http://127.0.0.1:65536",
                            "http://127.0.0.1:8a", "http://127.0.0.1/a b",
                            "http://127.0.0.1/\r\nX: y", "http://u@127.0.0.1", "http://["}) {
        EXPECT_FALSE(parse_service_url(url)) << url;
    }
}

TEST(ServiceUrlTest, IsOfThisMachine) {
    EXPECT_TRUE(parse_service_url("http://127.9.8.7:80"));
    for (const char* url :
         {"http://10.0.0.1:80", "http://example.com", "http://0.0.0.0:80", "http://127.1:80",
          "http://localhost.example.com", "http://[::]:80", "http://127.0.0.1.example.com"}) {
        const auto refused = parse_service_url(url);
        ASSERT_FALSE(refused) << url;
        EXPECT_THAT(refused.error().message, HasSubstr("loopback only")) << url;
    }
}

TEST(ServiceContractTest, StepsAreRequests) {
    const auto pay = step_request({.order = "order 1/2",
                                   .action = Action::pay,
                                   .amount = 1999,
                                   .currency = "usd",
                                   .card = "pm_card_visa"});
    EXPECT_EQ(pay.target, "/orders/order%201%2F2/pay");
    EXPECT_EQ(pay.body, R"({"amount":1999,"currency":"usd","card":"pm_card_visa",)"
                        R"("customer":"","email":""})");
    const auto refund = step_request(
        {.order = "order-1", .action = Action::refund, .amount = 500, .refund = "refund-1"});
    EXPECT_EQ(refund.target, "/orders/order-1/refunds/refund-1");
}

TEST(ServiceContractTest, RepliesAreReadStrictly) {
    const auto told = [](int status, const std::string& body) {
        return told_by({.status = status, .headers = {}, .body = body});
    };
    EXPECT_EQ(*told(200, R"({"status":"paid"})"), "paid");
    EXPECT_EQ(*told(503, "<html>"), "");
    for (const char* body : {"", "paid", "[]", R"({"status":1})", R"({"status":""})",
                             R"({"status":"Paid!"})", R"({"status":"\u001b[2J"})"}) {
        const auto refused = told(200, body);
        ASSERT_FALSE(refused) << body;
        EXPECT_THAT(refused.error().message, Not(HasSubstr("\x1b")));
    }
    const auto view = [](int status, const std::string& body) {
        return order_view_of({.status = status, .headers = {}, .body = body});
    };
    EXPECT_EQ(view(404, "")->status, "");
    EXPECT_EQ(view(200, R"({"status":"paid","fulfilled":2})")->fulfilled, 2);
    EXPECT_FALSE(view(500, R"({"status":"paid","fulfilled":1})"));
    EXPECT_FALSE(view(200, R"({"status":"paid"})"));
    EXPECT_FALSE(view(200, R"({"status":"paid","fulfilled":-1})"));
    EXPECT_FALSE(view(200, R"({"status":"paid","fulfilled":1e9})"));
}

TEST(ComparableTraceTest, LeavesOutWhatIsNotTheSameTwice) {
    const auto one = comparable_trace(
        "{\"i\":0,\"ev\":\"run\",\"a\":1}\n"
        "{\"i\":1,\"t\":5,\"order\":\"order-1-aa\",\"key\":\"x\"}\n",
        "-aa");
    EXPECT_EQ(one, comparable_trace("{\"i\":0,\"ev\":\"run\",\"a\":2}\n"
                                    "{\"i\":1,\"t\":9,\"order\":\"order-1-bb\",\"key\":\"y\"}\n",
                                    "-bb"));
    EXPECT_NE(one, comparable_trace("{\"i\":0,\"ev\":\"run\",\"a\":2}\n"
                                    "{\"i\":1,\"t\":9,\"order\":\"order-2-bb\",\"key\":\"y\"}\n",
                                    "-bb"));
}

TEST(ComparableTraceTest, NumbersIds) {
    const auto one = comparable_trace(
        "{}\n{\"id\":\"evt_3kQOge0T1tNJgyjuVt0MzR9E\",\"what\":\"late_payment\"}\n"
        "{\"id\":\"evt_3kQOge0T1tNJgyjuVt0MzR9E\"}\n",
        "-aa");
    EXPECT_EQ(one, comparable_trace("{}\n{\"id\":\"evt_000000000000000000000000\","
                                    "\"what\":\"late_payment\"}\n"
                                    "{\"id\":\"evt_000000000000000000000000\"}\n",
                                    "-bb"));
    EXPECT_NE(one, comparable_trace("{}\n{\"id\":\"evt_000000000000000000000000\","
                                    "\"what\":\"late_payment\"}\n"
                                    "{\"id\":\"evt_111111111111111111111111\"}\n",
                                    "-bb"));
}

TEST(EndingTest, IsOfOneLengthAndKnownAgain) {
    for (const std::int64_t number : {std::int64_t{0}, std::int64_t{178'000'000'000'000}}) {
        EXPECT_EQ(ending_of_run(number).size(), ending_of_run(1).size());
        EXPECT_TRUE(has_ending_of_a_run("order-1" + ending_of_run(number)));
    }
    EXPECT_NE(ending_of_run(1), ending_of_run(2));
    EXPECT_FALSE(has_ending_of_a_run("order-1"));
    EXPECT_FALSE(has_ending_of_a_run(""));
}

TEST(ServiceScenarioTest, SaysWhyNoServicePlaysIt) {
    Scenario scenario{.id = "one"};
    EXPECT_FALSE(why_no_service_plays(scenario));
    scenario.expect = {{"reference", {}}, {"retries-in-step", {"retry_jitter"}}};
    EXPECT_THAT(*why_no_service_plays(scenario), HasSubstr("it is about retry_jitter, by which"));
    scenario.expect["retries-in-step"].emplace_back("no_double_charge");
    EXPECT_FALSE(why_no_service_plays(scenario));
    scenario.checks = {"order_independence"};
    EXPECT_THAT(*why_no_service_plays(scenario), HasSubstr("order_independence"));
    scenario.checks = {};
    scenario.shop.webhook_work_us = 1;
    EXPECT_THAT(*why_no_service_plays(scenario), HasSubstr("webhook's handler"));
    scenario.crashes = {Crash{}};
    EXPECT_THAT(*why_no_service_plays(scenario), HasSubstr("crashes"));
}

TEST(InboxTest, WhatNobodyAnswersGetsABrokenConnection) {
    Inbox inbox;
    auto parked = std::make_shared<ParkedRequest>(HttpRequest{});
    auto answer = parked->when_answered();
    inbox.put(std::move(parked));
    inbox.close();
    EXPECT_EQ(answer.get().cut, simulator::Cut::reset);
    auto late = std::make_shared<ParkedRequest>(HttpRequest{});
    auto refused = late->when_answered();
    inbox.put(std::move(late));
    EXPECT_EQ(refused.get().cut, simulator::Cut::reset);
    EXPECT_FALSE(inbox.take(std::chrono::milliseconds(0)));
}

// What call_service makes of these bytes, with small limits.
Result<HttpResponse> reply_of(const std::string& bytes) {
    RawListener listener([&](const RawListener::Peer& peer) {
        peer.read_until("\r\n\r\n");
        peer.send(bytes);
    });
    const std::atomic<bool> never = false;
    return call_service({.host = "127.0.0.1", .port = listener.port()},
                        {.method = "GET", .target = "/orders/order-1", .headers = {}, .body = {}},
                        {.reply_ms = 2'000, .head_bytes = 200, .body_bytes = 10}, never);
}

TEST(CallServiceTest, ReadsWholeReplies) {
    const auto sized = reply_of("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
    ASSERT_TRUE(sized) << sized.error().message;
    EXPECT_EQ(sized->body, "hello");
    const auto chunked = reply_of(
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n"
        "3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n");
    ASSERT_TRUE(chunked) << chunked.error().message;
    EXPECT_EQ(chunked->status, 201);
    EXPECT_EQ(chunked->body, "hello");
    const auto closed = reply_of("HTTP/1.0 200 OK\r\n\r\nhello");
    ASSERT_TRUE(closed) << closed.error().message;
    EXPECT_EQ(closed->body, "hello");
    EXPECT_TRUE(reply_of("HTTP/1.1 204 No Content\r\n\r\n"));
}

TEST(CallServiceTest, NamesWhatIsNoReply) {
    const auto problem = [](const std::string& bytes) {
        const auto reply = reply_of(bytes);
        return reply ? "none" : reply.error().message;
    };
    const std::string ok = "HTTP/1.1 200 OK\r\n";
    EXPECT_THAT(problem(""), HasSubstr("found the end of the connection after 0 bytes"));
    EXPECT_THAT(problem("HTTP/1.1 200"), HasSubstr("the end of the connection after 12 bytes"));
    EXPECT_THAT(problem("hello\r\n\r\n"), HasSubstr("expected a status line"));
    EXPECT_THAT(problem("HTTP/1.1 2000 OK\r\n\r\n"), HasSubstr("expected a status line"));
    EXPECT_THAT(problem(ok + "Broken Header\r\n\r\n"), HasSubstr("expected a status line"));
    EXPECT_THAT(problem(ok + std::string(300, 'x')), HasSubstr("at most 200 bytes of headers"));
    EXPECT_THAT(problem(ok + "Content-Length: 5\r\n\r\nhell"), HasSubstr("found 4"));
    EXPECT_THAT(problem(ok + "Content-Length: 5\r\n\r\nhello!"), HasSubstr("found more"));
    EXPECT_THAT(problem(ok + "Content-Length: 11\r\n\r\nhello world"), HasSubstr("at most 10"));
    EXPECT_THAT(problem(ok + "Content-Length: -1\r\n\r\n"), HasSubstr("one Content-Length"));
    EXPECT_THAT(problem(ok + "Content-Length: 1\r\nContent-Length: 1\r\n\r\n1"),
                HasSubstr("one Content-Length"));
    EXPECT_THAT(problem(ok + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n1"),
                HasSubstr("one length of the body"));
    EXPECT_THAT(problem(ok + "Transfer-Encoding: chunked\r\n\r\nzz\r\n"), HasSubstr("in chunks"));
    EXPECT_THAT(problem(ok + "\r\n" + std::string(11, 'x')), HasSubstr("at most 10"));
}

}  // namespace
}  // namespace onsite::scenarios
