// Runs a RapidCheck property with a fixed seed: a test is green today and tomorrow, or red on both.
#pragma once

#include <rapidcheck.h>
#include <sstream>

#include <gtest/gtest.h>

namespace onsite {

class SilentListener final : public rc::detail::TestListener {
public:
    void onTestCaseFinished(const rc::detail::CaseDescription&) override {}
    void onShrinkTried(const rc::detail::CaseDescription&, bool) override {}
    void onTestFinished(const rc::detail::TestMetadata&, const rc::detail::TestResult&) override {}
};

// `property` takes its input from generators (*gen) and uses RC_ASSERT.
template <typename Property>
void expect_property(const Property& property, int cases = 200) {
    rc::detail::TestParams params;
    params.seed = 42;
    params.maxSuccess = cases;
    SilentListener listener;
    const auto result =
        rc::detail::checkTestable(property, rc::detail::TestMetadata{}, params, listener,
                                  std::unordered_map<std::string, rc::detail::Reproduce>{});
    std::ostringstream words;
    rc::detail::printResultMessage(result, words);
    EXPECT_TRUE(result.template is<rc::detail::SuccessResult>()) << words.str();
}

}  // namespace onsite
