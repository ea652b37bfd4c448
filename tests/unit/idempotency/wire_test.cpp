// What a client may say: each form once, and lines that are nearly right with the word that says
// what is wrong.
#include "exercises/4-idempotency/checks/wire.hpp"

namespace onsite::idempotency {
namespace {

using ::testing::HasSubstr;

TEST(WireTest, ReadsARequest) {
    const auto wish = wish_from(
        R"({"id":"a","request":{"method":"POST","path":"/v1/refunds","params":[["a[]","1"],)"
        R"(["b",""]],"idempotency_key":"k"}})");
    ASSERT_TRUE(wish) << wish.error().message;
    EXPECT_EQ(wish->kind, Wish::Kind::request);
    EXPECT_EQ(wish->path, "/v1/refunds");
    EXPECT_EQ(wish->key, "k");
    ASSERT_EQ(wish->params.size(), 2u);
    EXPECT_EQ(wish->params[0].first, "a[]");
}

TEST(WireTest, ReadsEverythingElse) {
    EXPECT_EQ(wish_from(R"({"id":"a","sleep_ms":200})")->duration_ms, 200);
    EXPECT_EQ(wish_from(R"({"id":"a","store":{"get":"k"}})")->kind, Wish::Kind::get);
    EXPECT_EQ(wish_from(R"({"id":"a","store":{"put":["k","v"]}})")->value, "v");
    EXPECT_EQ(wish_from(R"({"id":"a","store":{"put_if_absent":["k","v"]}})")->kind,
              Wish::Kind::put_if_absent);
    EXPECT_EQ(wish_from(R"({"id":"a","order":"order-1"})")->key, "order-1");
    EXPECT_EQ(wish_from(R"({"id":"a","done":{"status":"paid","payment_intent":"pi"}})")->value,
              "pi");
    EXPECT_EQ(wish_from(R"({"id":"a","done":{"status":"pending"}})")->kind, Wish::Kind::done);
}

TEST(WireTest, SaysWhatIsWrongWithALine) {
    const std::pair<std::string, const char*> lines[] = {
        {"[]", "expected a JSON object"},
        {R"({"id":"a"})", "one of request"},
        {R"({"id":"a","sleep_ms":1,"order":"o"})", "one of request"},
        {R"({"id":"a","sleep_ms":1,"extra":1})", "one of request"},
        {R"({"id":"a","sleep_ms":-1})", "sleep_ms"},
        {R"({"id":"a","sleep_ms":1.5})", "sleep_ms"},
        {R"({"id":"a","sleep_ms":99999999})", "sleep_ms"},
        {R"({"id":"a","store":{}})", "store"},
        {R"({"id":"a","store":{"drop":"k"}})", "store"},
        {R"({"id":"a","store":{"put":"k"}})", "two texts"},
        {R"({"id":"a","store":{"get":7}})", "to be a text"},
        {R"({"id":"a","done":{"status":"won"}})", "status of the contract"},
        {R"({"id":"a","request":{"method":"GET","path":"/v1/x","params":[]}})", "POST"},
        {R"({"id":"a","request":{"method":"POST","path":"/other","params":[]}})", "/v1/"},
        {R"({"id":"a","request":{"method":"POST","path":"/v1/x","params":[["a"]]}})", "two texts"},
        {R"({"id":"a","order":")" + std::string(kTextBytesMax + 1, 'x') + "\"}", "at most"},
    };
    for (const auto& [line, word] : lines) {
        const auto wish = wish_from(line);
        ASSERT_FALSE(wish) << line;
        EXPECT_THAT(wish.error().message, HasSubstr(word)) << line;
    }
}

TEST(WireTest, TellsThreeKindsOfOutcomes) {
    EXPECT_EQ(outcome_members({.knowledge = scenarios::Knowledge::not_done}), R"("not_sent":true)");
    EXPECT_EQ(outcome_members({}), R"("unknown":true)");
    const auto body = std::make_shared<const std::string>(
        R"({"error":{"type":"card_error","code":"card_declined"}})");
    EXPECT_THAT(outcome_members({.status = 402, .body = body}),
                HasSubstr(R"("error_type":"card_error","error_code":"card_declined")"));
}

}  // namespace
}  // namespace onsite::idempotency
