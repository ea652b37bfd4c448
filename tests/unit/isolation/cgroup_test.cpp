// Control groups are found in the table of mounts, and their absence is no failure.
#include "harness/isolation/cgroup.hpp"

#include "tests/support/command.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;

class CgroupTest : public ::testing::Test {
protected:
    fs::path folder(const std::string& name) {
        fs::create_directory(folder_.path() / name);
        return folder_.path() / name;
    }
    CgroupMounts find(const std::string& table) {
        testing::write_text(folder_.path() / "mounts", table);
        return find_cgroup_mounts(folder_.path() / "mounts");
    }

    testing::TemporaryFolder folder_;
};

TEST_F(CgroupTest, FindsVersionOneByItsOptions) {
    const CgroupMounts mounts = find(
        "tmpfs /sys/fs/cgroup tmpfs rw,nodev 0 0\n"
        "cgroup /sys/fs/cgroup/cpu,cpuacct cgroup rw,nosuid,cpu,cpuacct 0 0\n"
        "cgroup /sys/fs/cgroup/memory cgroup rw,memory 0 0\n"
        "cgroup /sys/fs/cgroup/pids cgroup rw,pids 0 0\n");
    EXPECT_EQ(mounts.memory, "/sys/fs/cgroup/memory");
    EXPECT_EQ(mounts.pids, "/sys/fs/cgroup/pids");
    EXPECT_EQ(mounts.cpuacct, "/sys/fs/cgroup/cpu,cpuacct");
    EXPECT_TRUE(mounts.unified.empty());
}

TEST_F(CgroupTest, TakesVersionTwoOnlyWhenItLimitsMemory) {
    const std::string line = "cgroup2 " + folder("two").string() + " cgroup2 rw 0 0\n";
    testing::write_text(folder("two") / "cgroup.controllers", "cpuset cpu io\n");
    EXPECT_TRUE(find(line).unified.empty());
    testing::write_text(folder("two") / "cgroup.controllers", "cpuset cpu io memory pids\n");
    EXPECT_EQ(find(line).unified, folder("two"));
}

TEST_F(CgroupTest, LimitsNothingWhereThereIsNoInterface) {
    const CgroupLimits limits{.memory_bytes = 1 << 20, .processes = 9};
    const Cgroup none = Cgroup::create({}, limits);
    EXPECT_EQ(none.name(), "");
    EXPECT_FALSE(none.limits_memory() || none.limits_processes() || none.counts_cpu());
    EXPECT_TRUE(none.entries().empty());
    EXPECT_EQ(none.memory_kills(), 0u);
}

TEST_F(CgroupTest, DoesNotTakeAPlainFolderForAnInterface) {
    const CgroupLimits limits{.memory_bytes = 1 << 20, .processes = 9};
    for (const CgroupMounts& mounts :
         {CgroupMounts{.unified = folder("two")},
          CgroupMounts{.memory = folder("m"), .pids = folder("p"), .cpuacct = folder("c")}}) {
        const Cgroup group = Cgroup::create(mounts, limits);
        EXPECT_FALSE(group.limits_memory() || group.limits_processes() || group.counts_cpu());
        EXPECT_TRUE(group.entries().empty());
    }
}

}  // namespace
}  // namespace onsite
