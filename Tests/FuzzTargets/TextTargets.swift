import Lessons
import ScoreClaims
import ScoreCore
import ScoreLab
import ScoreSweeps
import ScoreTables
import TermPlot

extension FuzzTarget {
  private static let file = "f"

  static let texts: [FuzzTarget] = [
    FuzzTarget(
      text: "configuration", "YAML of a run, with its edits",
      seeds: {
        PresetLibrary.builtIn.presets.map(\.configuration.yaml) + [
          "seed: 7\nedits:\n- {step: 500, set: [optimizer.learning_rate=0.001]}\n- {step: 812, resume: true}\n"
        ]
      },
      reader: { text in
        let run = try SharedRun.parse(text: text, file: file)
        let again = try? SharedRun.parse(text: run.yaml, file: file)
        return again == run ? nil : "a run reads back from its own YAML"
      }),
    FuzzTarget(
      text: "experiment", "YAML of an experiment",
      seeds: { ExperimentCatalog.names.map { ExperimentConfiguration($0).yaml } },
      reader: { text in
        let read = try ExperimentConfiguration.parse(text: text, file: file)
        let again = try? ExperimentConfiguration.parse(text: read.yaml, file: file)
        return again?.yaml == read.yaml ? nil : "an experiment reads back from its own YAML"
      }),
    FuzzTarget(
      text: "sweep", "YAML of a sweep",
      seeds: { sweeps },
      reader: { text in
        let spec = try SweepSpec.parse(text: text, file: file)
        let again = try? SweepSpec.parse(text: spec.yaml, file: file)
        return again?.yaml == spec.yaml ? nil : "a sweep reads back from its own YAML"
      }),
    FuzzTarget(
      text: "schema", "YAML of a table's columns",
      seeds: {
        [
          """
          columns:
          - {name: age, role: feature, kind: integer, range: [0, 120], scaling: standard}
          - {name: group, role: target, kind: categorical, categories: [a, b], code: one_hot}
          - {name: height, kind: numeric, missing: mask, range: [0, 2.5], decimals: 2, masses: [0]}
          - {name: rank, kind: ordinal, categories: [low, high], absent: [none]}
          - {name: day, kind: datetime, format: YYYY-MM-DD, range: ["2020-01-01", "2024-02-29"]}
          - {name: note, role: ignored}
          """
        ]
      },
      reader: { text in
        let schema = try TableSchema(yaml: text, file: file)
        let again = try? TableSchema(yaml: schema.yaml, file: file)
        return again == schema ? nil : "a schema reads back from its own YAML"
      }),
    FuzzTarget(
      text: "theme", "Base16 colours",
      seeds: { try Project.texts("Themes", ending: "yaml") },
      reader: { text in
        _ = try Theme.parse(base16: text, file: file)
        return nil
      }),
    FuzzTarget(
      text: "lesson", "Markdown of a lesson",
      seeds: { try Project.texts("docs/lessons", ending: "md") },
      reader: { text in
        _ = try LessonReader.read(text, file: file)
        return nil
      }),
    FuzzTarget(
      text: "preset", "YAML of a preset",
      seeds: { try Project.texts("Presets", ending: "yaml") },
      reader: { text in
        let preset = try Preset.read(text, file: "name.yaml")
        let again = try? Preset.read(preset.text, file: "name.yaml")
        return again == preset ? nil : "a preset reads back from its own text"
      }),
  ]

  private static let sweeps = [
    """
    sweep: counts
    train: {steps: 300}
    configuration: {network: {hidden: [16]}}
    vary:
      training_set.count: [125, 250]
      optimizer.learning_rate: {from: 1.0e-3, to: 1.0e-2, scale: log, count: 3}
    seeds: 3
    only: [training_set.count * optimizer.learning_rate <= 9]
    """,
    "sweep: e\nexperiment: hard_pair\nvary: {delta: [0.1, 0.2]}\ndraw: sobol\ncount: 4\nshard: 4\n",
  ]

  static let codes = FuzzTarget(
    text: "code", "a run as a line",
    seeds: {
      PresetLibrary.builtIn.presets.compactMap { try? SharedRun($0.configuration).code() } + [
        "sf:/network.hidden=64,64/@500/optimizer.learning_rate=0.001/@700/resume"
      ]
    },
    reader: { text in
      let run = try SharedRun(code: text)
      guard let code = try? run.code() else { return nil }
      return (try? SharedRun(code: code)) == run ? nil : "a run reads back from its own code"
    })

  static let assignments = FuzzTarget(
    text: "assignment", "--set KEY=VALUE",
    seeds: {
      [
        "optimizer.learning_rate=0.01", "network.hidden=[8, 8]", "distribution.kind=two_moons",
        "distribution={kind: gaussian_mixture, components: [{mean: [0, 0], deviation: 1}]}",
        "objective.target=velocity",
      ]
    },
    reader: { text in
      let read = try RunConfiguration.start.setting([text])
      let again = try? RunConfiguration.parse(text: read.yaml, file: file)
      return again == read ? nil : "a configuration reads back from its own YAML"
    })

  static let units = FuzzTarget(
    text: "units", "numbers of units, such as 1-4,7",
    seeds: { ["1-4,7", "3", "1,2,9-12"] },
    reader: { text in
      guard let units = UnitNumbers(text) else { return nil }
      return UnitNumbers(units.description) == units ? nil : "numbers read back from their text"
    })

  static let expressions: [FuzzTarget] = [
    FuzzTarget(
      text: "expression", "what a lesson computes",
      seeds: { ["abs(sample_variance / variance(0) - 1)", "exp(x) * variance(0.01) + -4"] },
      reader: { text in
        _ = try LessonExpression(text, variables: ["x"])
        return nil
      }),
    FuzzTarget(
      text: "condition", "what a lesson compares",
      seeds: {
        [
          "approximation_error(0.3) > optimisation_error(0.3)",
          "abs(sampled_variance(probability_flow_heun, 50) - variance(0.01)) <= 0.01",
        ]
      },
      reader: { text in
        _ = try LessonCondition(text)
        return nil
      }),
  ]
}
