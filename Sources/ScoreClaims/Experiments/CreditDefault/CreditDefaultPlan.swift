import ScoreCore
import ScoreLab
import ScoreTables
import ScoreTheory

/// Trains networks that are stopped in several ways, draws rows with each, and judges all rows alike.
struct CreditDefaultPlan: ExperimentPlan {
  static var lanes: Int { 2 }

  /// Who makes rows.
  enum Maker: String, Codable, Sendable, CaseIterable {
    case rule = "kernel rule"
    case holdOut = "hold-out"
    case tuned = "tuned trials"
    case never = "no stopping"
    case synth = "scorefield synth"
    case real = "real rows (trained on)"
    case bootstrap = "bootstrap"
    case independent = "independent columns"
    case copula = "Gaussian copula"
    case interpolation = "interpolation (SMOTE)"
    case density = "kernel density"

    /// The simple way that it is; nil for networks and real rows.
    var baseline: TableBaseline? {
      switch self {
      case .rule, .holdOut, .tuned, .never, .synth, .real: nil
      case .bootstrap: .bootstrap
      case .independent: .independent
      case .copula: .copula
      case .interpolation: .interpolation
      case .density: .kernel
      }
    }

    var isNetwork: Bool { self != .real && baseline == nil }
  }

  enum Unit: Codable, Hashable, Sendable {
    /// The run on all training rows: stopped by the rule, and followed to the end.
    case rule(set: Int)
    /// A trial of the tuning; the first has the rule's step size.
    case trial(set: Int, number: Int)
    case synth(set: Int)
    case judged(set: Int, Maker)
  }

  enum Record: Codable, Sendable {
    case rule(Rule)
    case trial(Trial)
    case synth(Packed<Float>)
    case judged(Judged)
  }

  /// What the run on all training rows left.
  struct Rule: Codable, Sendable {
    /// The step size of the program, and the step that the rule asks for, which may be beyond the last.
    var rate: Double
    var step: Int
    /// The assumed deviation of the targets, and the largest eigenvalue of the kernel over n.
    var deviation: Double
    var largestEigenvalue: Double
    /// The loss at held-out rows after each of ``steps``.
    var losses: [Double]
    var stopped: Packed<Float>
    var last: Packed<Float>
  }

  /// A trial: its step size, its losses at the rows kept back, and the weights at the least of them.
  struct Trial: Codable, Sendable {
    var rate: Double
    var losses: [Double]
    var best: Packed<Float>

    /// The place of the least loss.
    var place: Int {
      losses.indices.filter { losses[$0].isFinite }.min { losses[$0] < losses[$1] } ?? 0
    }
    var loss: Double { losses[place] }
  }

  let values: CreditDefault
  let run: RunConfiguration
  let table: Table
  /// Of all cells: what is kept of another file under the same name is not taken for this one's.
  private let digest: UInt64
  let momentum: Double
  /// The steps at which runs are measured.
  let steps: [Int]
  /// The step that the rule's is taken as; itself but in tests.
  var stopStep: @Sendable (Int) -> Int = { $0 }
  /// The rows of a maker, given the training rows too; themselves but in tests.
  var made: @Sendable (Maker, _ rows: Table, _ trained: Table) -> Table = { _, rows, _ in rows }

  init(values: CreditDefault, setup: ExperimentSetup, table: Table) throws {
    (self.values, run, self.table) = (values, setup.run, table)
    // FNV-1a, 64 bits.
    digest = table.values.joined().reduce(0xcbf2_9ce4_8422_2325) {
      ($0 ^ $1.bitPattern) &* 0x100_0000_01b3
    }
    let parts = 25
    steps = Set((0...parts).map { $0 * values.steps / parts }).sorted()
    guard setup.run.network.kind == .randomFeatures || setup.run.network.kind == .mlp,
      let rule = setup.run.optimizer.make().rule as? MomentumDescent
    else {
      throw ParameterError(
        path: ["run"],
        message:
          "the kernel is that of an output layer, and steps are along gradients: expected network.kind "
          + "random_features or mlp, and optimizer.kind sgd")
    }
    momentum = rule.momentum
    _ = try TableSplit(table, file: values.file, seed: setup.seed)
  }

  var units: [Unit] {
    (0..<values.repeats).flatMap { set in
      [.rule(set: set)] + (0..<values.trials).map { .trial(set: set, number: $0) }
        + [.synth(set: set)] + Maker.allCases.map { .judged(set: set, $0) }
    }
  }

  func length(of unit: Unit) -> Int {
    switch unit {
    case .rule, .trial, .synth: 4
    case .judged(_, let maker): maker.isNetwork ? 8 : 4
    }
  }

  func needs(of unit: Unit) -> [Unit] {
    switch unit {
    case .rule, .synth: []
    case .trial(let set, _): [.rule(set: set)]
    case .judged(let set, let maker):
      switch maker {
      case .rule, .never: [.rule(set: set)]
      case .holdOut: [.trial(set: set, number: 0)]
      case .tuned: (0..<values.trials).map { .trial(set: set, number: $0) }
      case .synth: [.synth(set: set)]
      case .real, .bootstrap, .independent, .copula, .interpolation, .density: []
      }
    }
  }

  func key(of unit: Unit, at place: Int) -> String {
    "unit-\(place + 1)-" + String(digest, radix: 16)
  }

  func activity(of unit: Unit) -> String {
    switch unit {
    case .rule(let set): "training to the end, seed \(set + 1) of \(values.repeats)"
    case .trial(let set, let number):
      "trial \(number + 1) of \(values.trials), seed \(set + 1) of \(values.repeats)"
    case .synth(let set): "training the network of synth, seed \(set + 1) of \(values.repeats)"
    case .judged(let set, let maker):
      "rows by \(maker.rawValue), seed \(set + 1) of \(values.repeats)"
    }
  }

  func findings(_ records: Records) -> CreditDefaultFindings {
    CreditDefaultFindings(self, records)
  }
}
