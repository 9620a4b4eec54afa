import ScoreClaims
import ScoreLab

/// Many runs or experiments that differ in some keys and in their seeds.
///
/// ```yaml
/// sweep: widths
/// train: {steps: 300}                       # or experiment: sample_complexity
/// configuration: {training_set: {count: 500}}
/// vary:
///   network.width: [8, 16, 32]
///   optimizer.learning_rate: {from: 1e-3, to: 1e-2, scale: log, count: 4}
/// seeds: 3
/// only: [network.width * optimizer.learning_rate <= 0.2]
/// ```
package struct SweepSpec: Sendable, Equatable {
  /// The most points and the most runs.
  package static let mostRuns = 10_000_000

  package var name: String
  package var subject: SweepSubject
  package var keys: [SweepKey]
  package var draw: SweepDraw
  /// The seeds that every point is repeated with.
  package var seeds: [UInt64]
  package var conditions: [SweepCondition]
  /// Units in a shard; nil leaves it to the plan.
  package var shard: Int?

  /// The seed that points are drawn with.
  var seed: UInt64 { subject.seed }

  /// The whole of it in YAML, with every value of the configuration, which reads back as an equal value.
  package var yaml: String {
    var text = "sweep: \(ConfigurationText.text(name))\n"
    let configuration: String
    switch subject {
    case .training(let run, let steps):
      text += "train: {steps: \(steps)}\n"
      configuration = run.yaml
    case .experiment(let experiment):
      text += "experiment: \(experiment.choice.name)\n"
      // The experiment stands above already.
      configuration = experiment.yaml.split(separator: "\n")
        .filter { !$0.hasPrefix("experiment: ") }.joined(separator: "\n")
    }
    let lines = configuration.split(separator: "\n")
    text += lines.isEmpty ? "" : "configuration:\n" + lines.map { "  \($0)\n" }.joined()
    text += keys.isEmpty ? "" : "vary:\n" + keys.map { "  \($0.path): \($0.yaml)\n" }.joined()
    text += "draw: \(draw.name)\n"
    if let count = draw.count { text += "count: \(count)\n" }
    text += "seeds: \(ConfigurationText.list(seeds.map { "\($0)" }))\n"
    if !conditions.isEmpty {
      let texts = conditions.map { ConfigurationText.text($0.text) }
      text += "only: \(ConfigurationText.list(texts))\n"
    }
    if let shard { text += "shard: \(shard)\n" }
    return text
  }
}
