import ScoreCore
import Testing

@testable import ScoreLab

/// The keys of the optimizer that are there whatever its rule.
let optimizerKeys =
  "learning_rate, schedule, warmup, batch, clip_norm, constraint, average_profile, average, "
  + "average_exponent"

/// What is said of members that do not exist, do not fit, or own a parameter.
@Suite struct MemberErrorTests {
  @Test(
    "A parameter of another member is reported with the members it belongs to",
    arguments: [
      (
        "optimizer: {kind: sgd,\n  beta1: 0.5}",
        "run.yaml:2: optimizer.beta1: beta1 belongs to adam or adamw, not to sgd; allowed here: "
          + "kind, momentum, l2_penalty, \(optimizerKeys)"
      ),
      (
        "objective:\n  snr_cap: 3",
        "run.yaml:2: objective.snr_cap: snr_cap belongs to min_snr, not to constant; allowed "
          + "here: target, weighting, levels, stratified, noise, huber_length"
      ),
      (
        "distribution: {kind: test_plain, file: a}",
        "run.yaml:1: distribution.file: file belongs to test_table, not to test_plain; allowed "
          + "here: kind, width, count, centred, label"
      ),
    ])
  func foreignParameters(text: String, expected: String) {
    #expect(message(text) == expected)
  }

  @Test("A key that has another name now is refused with that name by --set as in a file")
  func renamedKeys() {
    #expect {
      try RunConfiguration().setting(["objective.clip=1"])
    } throws: {
      "\($0)" == "--set: objective.clip is now objective.huber_length"
    }
    let nested = "distribution:\n  kind: affine\n  base: {kind: affine,\n    law: {kind: pair}}"
    #expect {
      try RunConfiguration.parse(text: nested, file: "run.yaml")
    } throws: {
      "\($0)" == "run.yaml:4: distribution.base.law is now distribution.base.base"
    }
  }

  @Test(
    "Sections that contradict one another are reported at the key that asks for too much",
    arguments: [
      (
        "training_set: {count: unlimited}\noptimizer:\n  kind: gradient_descent",
        "run.yaml:3: optimizer.kind: gradient_descent descends on all training points: "
          + "training_set.count must be a number, found unlimited"
      ),
      (
        "objective:\n  noise: fixed\ntraining_set: {count: unlimited}",
        "run.yaml:2: objective.noise: fixed noise belongs to training points: "
          + "training_set.count must be a number, found unlimited"
      ),
      (
        "network: {kind: conservative, input_radius: 2}",
        "run.yaml:1: network.input_radius: expected 0 with network.kind conservative, which has no "
          + "gradient where points are brought back; found 2"
      ),
      (
        "objective:\n  levels: fixed\n  level_time: 6",
        "run.yaml:3: objective.level_time: expected a time of the process from 0.001 to 5, found 6"
      ),
      (
        "objective:\n  noise: fixed_pairs\ntraining_set: {count: unlimited}",
        "run.yaml:2: objective.noise: fixed noise belongs to training points: "
          + "training_set.count must be a number, found unlimited"
      ),
      (
        "objective: {levels: log_normal, sigma_mean: 3, sigma_deviation: 0.5}\n"
          + "process: {kind: ve, sigma_max: 0.5}",
        "run.yaml:1: objective.sigma_mean: expected levels that the process has, "
          + "log(sigma / alpha) from -4.61 to -0.693; with sigma_mean 3 and sigma_deviation 0.5 "
          + "less than a millionth of the normal distribution lies there"
      ),
      (
        "objective: {levels: fixed}\nprocess: {stop: 0.2}",
        "run.yaml:1: objective.level_time: expected a time of the process from 0.2 to 5, found 0.1"
      ),
      (
        "sampler:\n  grid: given\n  times: [1,\n    0.0001]",
        "run.yaml:4: sampler.times.2: must be from the stop 0.001 to the horizon 5.0, found 0.0001"
      ),
    ])
  func sections(text: String, expected: String) {
    #expect(message(text) == expected)
  }

  @Test("A member that does not exist is reported with those that do")
  func unknownMember() {
    let known = FieldDescription.alternatives(SamplerCatalog.all.map(\.name))
    #expect(
      message("sampler: {kind: euler_maruyana}")
        == "run.yaml:1: sampler.kind: expected \(known), found \"euler_maruyana\"; "
        + "did you mean euler_maruyama?")
  }
}
