import Testing

@testable import ScoreLab

@Suite struct ConfigurationMigrationTests {
  private let names: [RenamedName] = [
    .key("speed", of: "optimizer", isNow: "learning_rate"),
    .key("law", of: "distribution", isNow: "inner"), .key("random", of: "run", isNow: "seed"),
    .value("em", of: "sampler.kind", isNow: "euler_maruyama"),
    .key("slope", of: "experiment", isNow: "steepness"),
  ]

  private func migrate(_ text: String) throws -> ConfigurationMigration {
    try ConfigurationMigration(text: text, file: "my.yaml", names: names)
  }

  @Test("Names are replaced where they stand; comments, quotes and layout stay")
  func layout() throws {
    let migration = try migrate(
      """
      # speed: of light
      random: 3   # speed
      optimizer: {"speed": 0.1, batch: 64, kind: sgd}   # in braces

      sampler:
        kind:   em # em
        steps:	5
      distribution: {kind: affine, law: {kind: affine, law: {kind: pair}}, scale: 2}
      """)
    #expect(
      migration.text == """
        # speed: of light
        seed: 3   # speed
        optimizer: {"learning_rate": 0.1, batch: 64, kind: sgd}   # in braces

        sampler:
          kind:   euler_maruyama # em
          steps:	5
        distribution: {kind: affine, inner: {kind: affine, inner: {kind: pair}}, scale: 2}
        """)
    #expect(
      migration.changes.map { "\($0.line): \($0)" } == [
        "2: random is now seed", "3: optimizer.speed is now optimizer.learning_rate",
        "6: sampler.kind.em is now sampler.kind.euler_maruyama",
        "8: distribution.law is now distribution.inner",
        "8: distribution.inner.law is now distribution.inner.inner",
      ])
    #expect(!migration.isExperiment)
  }

  @Test("Several on a line are each found, also behind letters that are not ASCII")
  func oneLine() throws {
    let text =
      "{random: 1, optimizer: {kind: \"\u{E9}\u{1F600}\", speed: 2}, sampler: {kind: 'em'}}"
    #expect(
      try migrate(text).text
        == "{seed: 1, optimizer: {kind: \"\u{E9}\u{1F600}\", learning_rate: 2}, "
        + "sampler: {kind: 'euler_maruyama'}}")
    #expect(
      try migrate("\u{FEFF}random: 1\r\nsampler:\r\n  kind: em\r\n").text
        == "\u{FEFF}seed: 1\r\nsampler:\r\n  kind: euler_maruyama\r\n")
  }

  @Test("A run within an experiment has the names of a run")
  func experiment() throws {
    let migration = try migrate("experiment: x\nslope: 2\nrun: {random: 1, sampler: {kind: em}}")
    #expect(migration.isExperiment)
    #expect(
      migration.text
        == "experiment: x\nsteepness: 2\nrun: {seed: 1, sampler: {kind: euler_maruyama}}")
    #expect(migration.changes.last?.old == "run.sampler.kind.em")
  }

  @Test("The same word elsewhere is left alone, and so is a text without old names")
  func others() throws {
    for text in ["speed: 1\nrandom_: 2", "probe: {speed: 1}", "# nothing", "", "sampler: em"] {
      let migration = try migrate(text)
      #expect(migration.text == text && migration.changes.isEmpty)
    }
  }

  @Test("What only a person can change is named by its line, and what is not YAML too")
  func refused() {
    #expect {
      try migrate("seed: 1\n!!str random: 2")
    } throws: {
      "\($0)" == "my.yaml:2: random is now seed; it has to be changed by hand"
    }
    #expect { try migrate("a: [") } throws: { "\($0)".hasPrefix("my.yaml:") }
  }
}
