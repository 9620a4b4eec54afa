import ScoreCore
import Testing

@testable import ScoreLab

@Suite struct MemoryEstimateTests {
  private func message(
    _ configuration: RunConfiguration, dimension: Int = 2, use: MemoryEstimate.Use = .training(),
    available: Int
  ) -> String {
    do throws(MemoryError) {
      try MemoryEstimate(configuration, dimension: dimension, use: use)
        .check(against: MachineMemory(bytes: available, source: "free on this machine"))
      return "it fits"
    } catch {
      return error.description
    }
  }

  @Test("A refusal has both numbers and what to lower")
  func refusals() throws {
    let run = try RunConfiguration.small("network.hidden=[4096,4096]")
    // 16.8 million weights in float32 are 64 MiB; Adam keeps five of them in each of four states.
    let text = message(run, available: 1 << 30)
    #expect(text.contains("lower network.hidden ([4096, 4096]), which takes"))
    #expect(text.contains("of memory are needed, and 1024 MiB are free on this machine"))
    #expect(message(run, available: 4 << 30) == "it fits")
    let probe = try RunConfiguration.small("probe.points=262144", "probe.levels=64")
    #expect(
      message(probe, dimension: 784, available: 8 << 30)
        .contains("lower probe.points (262144) or probe.levels (64)"))
    let points = try RunConfiguration.small("training_set.count=10000000")
    #expect(message(points, dimension: 784, available: 8 << 30).contains("training_set.count"))
  }

  @Test("The samples count in the workbench alone")
  func uses() throws {
    let run = try RunConfiguration.small("sampler.count=1000000")
    #expect(message(run, dimension: 784, available: 8 << 30) == "it fits")
    #expect(
      message(run, dimension: 784, use: .workbench, available: 8 << 30)
        .contains("lower sampler.count (1000000)"))
  }

  @Test("Exported steps and runs side by side count each")
  func multiples() throws {
    let run = try RunConfiguration.small("network.hidden=[1024,1024]")
    func bytes(_ use: MemoryEstimate.Use) -> Int {
      MemoryEstimate(run, dimension: 2, use: use).bytes
    }
    #expect(bytes(.training(exportedSteps: 100)) > bytes(.training()) + 100 * (40 << 20))
    // All but what a run takes whatever its configuration.
    let standing = MemoryEstimate([]).bytes
    #expect(bytes(.sideBySide(8)) - standing == 8 * (bytes(.sideBySide(1)) - standing))
  }

  @Test("What the machine has free is read from the kernel's own words")
  func machine() {
    let text = "MemTotal: 2000 kB\nMemAvailable:    1000 kB\nSwapFree:   24 kB\n"
    #expect(MachineMemory.machine(text)?.bytes == 1024 << 10)
    #expect(MachineMemory.machine("MemTotal: 2000 kB\n") == nil)
    let group = MachineMemory.group(
      limit: "1000000\n", usage: "600000\n", statistics: "anon 1\ninactive_file 200000\n")
    #expect(group?.bytes == 600_000)
    #expect(MachineMemory.group(limit: "max\n", usage: "1\n", statistics: "") == nil)
    #expect(MachineMemory.available != nil)
  }
}
