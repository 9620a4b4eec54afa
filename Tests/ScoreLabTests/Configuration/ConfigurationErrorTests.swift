import ScoreCore
import TestSupport
import Testing

@testable import ScoreLab

@Suite struct ConfigurationErrorTests {
  @Test(
    "A value of the wrong type or out of range is reported with its line and what is allowed",
    arguments: [
      (
        "seed: 1\noptimizer:\n  batch: 4\n  learning_rate: fast",
        "run.yaml:4: optimizer.learning_rate: expected a number from 1e-08 to 100, found \"fast\""
      ),
      (
        "optimizer: {learning_rate: 200}",
        "run.yaml:1: optimizer.learning_rate: expected a number from 1e-08 to 100, found 200"
      ),
      (
        "optimizer: {learning_rate: .inf}",
        "run.yaml:1: optimizer.learning_rate: expected a number from 1e-08 to 100, found \".inf\""
      ),
      (
        "optimizer: {learning_rate: NaN}",
        "run.yaml:1: optimizer.learning_rate: expected a number from 1e-08 to 100, found \"NaN\""
      ),
      (
        "optimizer: {learning_rate: 1e999}",
        "run.yaml:1: optimizer.learning_rate: expected a number from 1e-08 to 100, found 1e999"
      ),
      (
        "optimizer: {learning_rate: \"0.1\"}",
        "run.yaml:1: optimizer.learning_rate: expected a number from 1e-08 to 100, "
          + "found \"0.1\" as text; remove its quotes or tag"
      ),
      (
        "optimizer: {learning_rate: !!float 0.1}",
        "run.yaml:1: optimizer.learning_rate: expected a number from 1e-08 to 100, "
          + "found \"0.1\" as text; remove its quotes or tag"
      ),
      (
        "optimizer:\n  learning_rate:\n\n  batch: 3",
        "run.yaml:2: optimizer.learning_rate: expected a number from 1e-08 to 100, found nothing"
      ),
      (
        "optimizer: {batch: 1.5}",
        "run.yaml:1: optimizer.batch: expected a whole number from 1 to 65536, found 1.5"
      ),
      (
        "optimizer: {batch: 1e300}",
        "run.yaml:1: optimizer.batch: expected a whole number from 1 to 65536, found 1e300"
      ),
      (
        "optimizer: {batch: [1]}",
        "run.yaml:1: optimizer.batch: expected a whole number from 1 to 65536, found a list of 1"
      ),
      (
        "seed: -1",
        "run.yaml:1: seed: expected a whole number from 0 to 18446744073709551615, found -1"
      ),
      (
        "seed: 18446744073709551616",
        "run.yaml:1: seed: expected a whole number from 0 to 18446744073709551615, "
          + "found 18446744073709551616"
      ),
      (
        "network: {time_features: 3}",
        "run.yaml:1: network.time_features: expected an even number from 2 to 256, found 3"
      ),
      (
        "network: {hidden: 128}",
        "run.yaml:1: network.hidden: expected a list of 1 to 8 whole numbers from 1 to 4096, "
          + "found 128"
      ),
      (
        "network: {hidden: []}",
        "run.yaml:1: network.hidden: expected a list of 1 to 8 whole numbers from 1 to 4096, "
          + "found an empty list"
      ),
      (
        "network:\n  hidden:\n  - 4\n  - 0",
        "run.yaml:4: network.hidden.2: expected a whole number from 1 to 4096, found 0"
      ),
      (
        "network: {activation: true}",
        "run.yaml:1: network.activation: expected silu, relu, tanh or gelu, found true"
      ),
      (
        "network: {residual: 1}",
        "run.yaml:1: network.residual: expected true or false, found 1"
      ),
      (
        "training_set: {count: 1}",
        "run.yaml:1: training_set.count: expected a whole number from 2 to 10000000, "
          + "or unlimited, found 1"
      ),
      (
        "training_set: 5",
        "run.yaml:1: training_set: expected a map of keys and values, found 5"
      ),
      (
        "process:\n  horizon: 0.5\n  stop: 0.5",
        "run.yaml:3: process.stop: must be below horizon, which is 0.5, found 0.5"
      ),
      (
        "objective:\n  weighting: min_snr\n  snr_cap: 0",
        "run.yaml:3: objective.snr_cap: expected a number from 0.001 to 1000000, found 0"
      ),
    ])
  func values(text: String, expected: String) {
    #expect(message(text) == expected)
  }

  @Test(
    "A key that is unknown, given twice or no word is reported with its line",
    arguments: [
      (
        "optimizer:\n  learnig_rate: 1",
        "run.yaml:2: optimizer.learnig_rate: unknown key, did you mean learning_rate? "
          + "allowed here: kind, beta1, beta2, \(optimizerKeys)"
      ),
      // A misspelt parameter is reported before the combination it leaves behind.
      (
        "process:\n  horizon: 0.5\n  stp: 0.1\n  stop: 0.5",
        "run.yaml:3: process.stp: unknown key, did you mean stop? "
          + "allowed here: kind, horizon, stop"
      ),
      (
        "colour: 1",
        "run.yaml:1: colour: unknown key; allowed here: seed, distribution, training_set, process, "
          + "network, objective, optimizer, sampler, probe"
      ),
      ("seed: 1\nseed: 2", "run.yaml:1: the key \"seed\" is given twice"),
      ("seed: 1\n\"seed\": 2", "run.yaml:1: the key \"seed\" is given twice"),
      ("? [a]\n: 1", "run.yaml:1: a key must be a plain word"),
      (
        "probe: {\"\\e[2J\\u202E\": 1}",
        "run.yaml:1: probe.?[2J?: unknown key; allowed here: delta, levels, points"
      ),
    ])
  func keys(text: String, expected: String) {
    #expect(message(text) == expected)
  }

  @Test(
    "The distribution's own errors are reported on the line of the nested value",
    arguments: [
      (
        "distribution:\n  kind: test_plain\n  width: 11",
        "run.yaml:3: distribution.width: expected a number from 0 to 10, found 11"
      ),
      (
        "distribution:\n  kind: test_plain\n  centred: yes",
        "run.yaml:3: distribution.centred: expected true or false, found \"yes\""
      ),
      (
        "distribution:\n  kind: test_plain\n  label: 5",
        "run.yaml:3: distribution.label: expected text, found 5"
      ),
      (
        "distribution:\n  kind: test_plain\n  widht: 5",
        "run.yaml:3: distribution.widht: unknown key, did you mean width? "
          + "allowed here: kind, width, count, centred, label"
      ),
      (
        "distribution:\n  kind: test_mixture\n  components:\n  - weight: 1\n  - mean: 2\n"
          + "    weight: -1",
        "run.yaml:6: distribution.components.2.weight: expected a positive number"
      ),
      (
        "distribution:\n  kind: test_mixture\n  components: [{weight: 1},\n    {weight: 1e999}]",
        "run.yaml:4: distribution.components.2.weight: expected a value, found 1e999"
      ),
      (
        "distribution:\n  kind: test_mixture",
        "run.yaml:2: distribution.components: a list must be given"
      ),
      (
        "distribution:\n  kind: test_table",
        "run.yaml:2: distribution.file: \"file\" must be given"
      ),
    ])
  func distributions(text: String, expected: String) {
    #expect(message(text) == expected)
  }

  @Test(
    "A nested value is reported by its position from 1, its line and what was found",
    arguments: [
      (
        "distribution:\n  kind: gaussian_mixture\n  components:\n  - {mean: [0], deviation: 1}\n"
          + "  - mean: [0]\n    deviation: -2",
        "run.yaml:6: distribution.components.2.deviation: expected a positive number, found -2"
      ),
      (
        "distribution:\n  kind: gaussian_mixture\n  components:\n  - deviation: 1\n"
          + "    mean:\n    - 0\n    - north",
        "run.yaml:7: distribution.components.1.mean.2: expected a number, found \"north\""
      ),
      (
        "distribution: {kind: affine, base: {kind: uniform, low: [1]}}",
        "run.yaml:1: distribution.base.low: expected a number from -1000.0 to 1000.0, "
          + "found a list of 1"
      ),
    ])
  func nestedValues(text: String, expected: String) {
    #expect(message(text, catalog: DistributionCatalog.all) == expected)
  }

  @Test("A distribution that does not exist is reported with those that do")
  func unknownDistribution() {
    let known = FieldDescription.alternatives(TestCatalog.all.map(\.name))
    #expect(
      message("distribution: {kind: test_pain}")
        == "run.yaml:1: distribution.kind: expected \(known), found \"test_pain\"; "
        + "did you mean test_plain?")
  }

  @Test(
    "What is not YAML is reported with its line",
    arguments: [
      (
        "seed: 1\nprobe:\n\tdelta: 0.1",
        "run.yaml:3: not YAML: found character that cannot start any token; "
          + "tabs cannot indent YAML, use spaces"
      ),
      ("seed: [1", "run.yaml:2: not YAML: did not find expected ',' or ']'"),
      ("seed: *x", "run.yaml:1: not YAML: found undefined alias"),
      ("seed: 1\n---\nseed: 2", "run.yaml:2: not YAML: more than one document"),
      ("seed: 1\n\u{1}", "run.yaml:2: not YAML: control characters are not allowed"),
      ("- 1\n- 2", "run.yaml:1: expected a map of keys and values, found a list of 2"),
      ("just text", "run.yaml:1: expected a map of keys and values, found \"just text\""),
    ])
  func notYAML(text: String, expected: String) {
    #expect(message(text) == expected)
  }

  @Test("Text of the file is cut short and stripped before it is shown")
  func foundTextIsSafe() {
    let known = FieldDescription.alternatives(TimeGridCatalog.all.map(\.name))
    let nasty = "\\e]0;x\\a\\u202E\\u0085" + String(repeating: "z", count: 500)
    #expect(
      message("sampler: {grid: \"\(nasty)\"}")
        == "run.yaml:1: sampler.grid: expected \(known), found \"?]0;x???"
        + String(repeating: "z", count: 32) + "...\"")
  }

  @Test("A small text that would grow without bound is refused")
  func bombs() {
    var bomb = "a0: &a0 [x, x]\n"
    for level in 1...40 {
      bomb += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n"
    }
    #expect(
      message(bomb)
        == "run.yaml:3: too many aliases (*name) or structured keys; write the values out")

    // Comparing two such keys takes twice as long with every level.
    let deep = String(repeating: "[", count: 60)
    let end = String(repeating: "]", count: 60)
    let keys = ["1", "1", "2", "2"].map { "? \(deep)\($0)\(end)\n: 0\n" }.joined()
    #expect(
      message(keys)
        == "run.yaml:4: too many aliases (*name) or structured keys; write the values out")
    #expect(
      message("probe: " + String(repeating: "[", count: 900) + String(repeating: "]", count: 900))
        == "run.yaml:1: nested too deep")
    #expect(
      message("probe: " + String(repeating: "[", count: 100_000))
        == "run.yaml:1: not YAML: nested too deep")
    #expect(
      message(String(repeating: "# long\n", count: 200_000)) == "run.yaml: longer than 1 MiB")
  }

  @Test(
    "A setting that does not fit is reported with its key",
    arguments: [
      (
        "optimizer.batch=x",
        "--set: optimizer.batch: expected a whole number from 1 to 65536, found \"x\""
      ),
      (
        "optimizer.batch=",
        "--set: optimizer.batch: expected a whole number from 1 to 65536, found nothing"
      ),
      ("optimizer.batch", "--set: expected key.path=value, found \"optimizer.batch\""),
      ("optimizer..batch=1", "--set: expected key.path=value, found \"optimizer..batch=1\""),
      (
        "seed.x=1",
        "--set: seed: expected a whole number from 0 to 18446744073709551615, found a map"
      ),
      (
        "probe.detla=1",
        "--set: probe.detla: unknown key, did you mean delta? allowed here: delta, levels, points"
      ),
      ("probe.delta=[", "--set: probe.delta: not YAML: did not find expected node content"),
      ("process.stop=0.5", "no error"),
    ])
  func settings(assignment: String, expected: String) {
    do {
      _ = try RunConfiguration().setting([assignment])
      #expect(expected == "no error")
    } catch {
      #expect(error.description == expected)
    }
  }

  @Test("A file that cannot be read is reported by its name")
  func unreadableFiles() throws {
    func message(_ file: String) -> String {
      do {
        _ = try RunConfiguration.load(file: file)
        return "no error"
      } catch {
        return error.description
      }
    }
    let folder = try TemporaryFolder()
    #expect(message("no/such\u{1B}.yaml") == "no/such?.yaml: No such file or directory")
    #expect(message(folder.path) == "\(folder.path): this is a folder, not a file")
    #expect(message("/dev/zero") == "/dev/zero: this is not a regular file")
    #expect(message("") == ": this is not a file name")
    let latin = try folder.write([0x61, 0xE9], to: "latin.yaml")
    #expect(message(latin) == "\(latin): not text in UTF-8")
    let good = try folder.write(Array("seed: 5".utf8), to: "good.yaml")
    #expect(try RunConfiguration.load(file: good).seed == 5)
  }
}
