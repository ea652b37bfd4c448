// The layers that keep a submission from going on: cpu and wall. See attack.hpp for the method.
#include "tests/hostile/controls/attack.hpp"

namespace onsite {
namespace {

// cpu ---------------------------------------------------------------------------------------------

BoxSpec computes_beyond_its_limit() {
    BoxSpec spec = script(
        "import signal, time\n"
        "signal.signal(signal.SIGXCPU, signal.SIG_IGN)\n"
        "while time.process_time() < 2.2: pass\n"
        "print('GOT IN')");
    spec.limits.cpu_seconds = 1;
    return spec;
}

TEST(CpuControl, OnItStopsABusyLoop) {
    const BoxResult result = attack(computes_beyond_its_limit());
    EXPECT_FALSE(got_in(result));
    EXPECT_EQ(result.report.ending, Ending::cpu);
}

TEST(CpuControl, OffItLetsABusyLoopRun) {
    EXPECT_TRUE(got_in(attack(without(computes_beyond_its_limit(), Layer::cpu))));
}

// wall --------------------------------------------------------------------------------------------

BoxSpec sleeps_for_three_seconds() {
    BoxSpec spec = script(
        "import signal, time\n"
        "for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):\n"
        "  signal.signal(number, signal.SIG_IGN)\n"
        "time.sleep(3)\n"
        "print('GOT IN')");
    spec.limits.wall_ms = 500;
    return spec;
}

TEST(WallControl, OnItStopsASleeper) {
    const BoxResult result = attack(sleeps_for_three_seconds());
    EXPECT_FALSE(got_in(result));
    EXPECT_EQ(result.report.ending, Ending::wall);
}

TEST(WallControl, OffItLetsASleeperSleep) {
    EXPECT_TRUE(got_in(attack(without(sleeps_for_three_seconds(), Layer::wall))));
}

}  // namespace
}  // namespace onsite
