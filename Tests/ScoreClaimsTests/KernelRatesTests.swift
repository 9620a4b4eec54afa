import ScoreCore
import ScoreTheory
import Testing

@testable import ScoreClaims
@testable import ScoreLab

@Suite struct KernelRatesTests {
  private static let small = [
    "first_points=16", "doublings=2", "doubled_dimensions=1", "repeats=3", "test_points=60",
    "last_step=1000",
  ]

  @Test("The report is the same for one and two threads")
  func threads() throws {
    let one = try ExperimentConfiguration.finished("kernel_rates", Self.small, threads: 1)
    #expect(try "\(one)" == "\(ExperimentConfiguration.finished("kernel_rates", Self.small))")
    #expect(one.faults.isEmpty)
  }

  @Test("The exponent from memory is p/(2p-1), from two thirds on a line towards a half")
  func exponents() {
    for dimension in [1, 2, 4, 8] {
      let p = Double(dimension + 1)
      let rate = KernelRates.rate(decay: KernelRates.rememberedDecay(dimension))
      #expect(abs(rate + p / (2 * p - 1)) < 1e-15)
    }
  }

  @Test("So many doublings that Gram matrices would take gigabytes are refused with the place")
  func refusal() throws {
    do {
      _ = try ExperimentConfiguration("kernel_rates").setting(["first_points=1000", "doublings=3"])
        .makeDriver(dataSource: DataFile())
      Issue.record("nothing was refused")
    } catch { #expect("\(error)".contains("doublings")) }
  }

  @Test("The best step is no worse than any rule, the last step or no step")
  func oracle() throws {
    let plan = KernelRatesPlan(values: KernelRates(), seed: 7)
    for set in 0..<3 {
      let record = plan.record(of: .init(dimension: 2, count: 64, set: set))
      #expect(
        [record.raskutti, record.floor, record.last, record.zero].allSatisfy { $0 >= record.oracle }
      )
    }
  }

  @Test("Places of eigenvalues ascend from n/64 to n/8, and data sets differ")
  func places() {
    let values = KernelRates()
    #expect(values.fittedPlaces.first == 16 && values.fittedPlaces.last == 128)
    #expect(zip(values.fittedPlaces, values.fittedPlaces.dropFirst()).allSatisfy { $0 < $1 })
    let plan = KernelRatesPlan(values: values, seed: 7)
    let records = [(1, 32, 0), (1, 32, 1), (2, 32, 0), (1, 64, 0)].map {
      plan.record(of: .init(dimension: $0, count: $1, set: $2)).zero
    }
    #expect(Set(records).count == 4)
  }
}
