import ScoreCore
import ScoreTheory
import Testing

@testable import ScoreClaims
@testable import ScoreLab

@Suite struct KernelCouplingTests {
  private static let small = [
    "points=12", "first_power=4", "last_power=6", "repeats=3", "steps=30", "sweep_power=5",
  ]

  @Test("The report is the same for one and two threads")
  func threads() throws {
    let one = try ExperimentConfiguration.finished("kernel_coupling", Self.small, threads: 1)
    #expect(try "\(one)" == "\(ExperimentConfiguration.finished("kernel_coupling", Self.small))")
    #expect(one.faults.isEmpty)
  }

  @Test("Networks of one data set and width are one network, others differ")
  func networks() throws {
    let plan = try #require(
      ExperimentConfiguration("kernel_coupling").setting(Self.small)
        .makeDriver(dataSource: DataFile()) as? UnitDriver<KernelCouplingPlan>
    ).plan
    func network(_ unit: KernelCouplingPlan.Unit) -> TwoLayerNetwork {
      var stream = plan.networkStream(unit)
      return plan.network(unit.width, &stream)
    }
    let standard = network(.init(set: 1, width: 32, variant: .standard))
    #expect(standard == network(.init(set: 1, width: 32, variant: .ball(0.5))))
    #expect(standard != network(.init(set: 2, width: 32, variant: .standard)))
    #expect(plan.data(ofSet: 1).inputs != plan.data(ofSet: 2).inputs)
  }

  @Test(
    "Values that do not fit are refused with the place",
    arguments: [
      (["first_time=1", "last_time=0.5"], "first_time"),
      (["first_power=8", "last_power=9"], "first_power"),
    ])
  func refusals(assignments: [String], place: String) throws {
    do {
      _ = try ExperimentConfiguration.finished("kernel_coupling", assignments)
      Issue.record("nothing was refused")
    } catch { #expect("\(error)".contains(place)) }
  }
}
