import Foundation
import TestSupport
import Testing

@testable import RunDatabase
@testable import ScoreLab

/// A run on its way from one store to another.
@Suite struct RunFileTests {
  /// A run with an edit, series and samples.
  private func run(in database: RunDatabase) throws -> RunID {
    let store = try DatabaseRunStore(database)
    var runs = try LiveRuns(store: store)
    runs.train(to: 20)
    try runs.set("optimizer.learning_rate=0.01")
    runs.train(to: 40)
    runs.leave()
    let id = runs.tree.records[0].id
    store.close()
    var measured = RunMeasurements()
    measured.points = [
      MetricPoint("d_delta", level: 0.25, step: 32, value: 0.5, low: 0.4, high: nil),
      MetricPoint("mmd", step: 32, value: 0.125),
    ]
    measured.clouds = [SampleCloud(step: 32, dimension: 2, points: [1, -2.5, 3, 4])]
    try database.write { try database.save(measured, of: id, $0) }
    try database.setTags(["good", "tried"], of: id)
    try database.setNote("a note", of: id)
    return id
  }

  @Test("A run that is taken in is the run that was handed on, to the bits of its weights")
  func whole() throws {
    let folder = try TemporaryFolder()
    let database = try RunDatabase(folder)
    let id = try run(in: database)
    let path = folder.path + "/a run.safetensors"
    let bytes = try #require(try RunFile(database.summaries()[0], in: database)).write(to: path)
    #expect(try bytes == FileReader.bytes(path, limit: 1 << 24).count)

    let other = try RunDatabase(folder: folder.path + "/other", origin: .test)
    let added = try RunFile(reading: path).add(to: other)
    #expect(added == RunFile.Addition(run: id, name: "two_moons-1", isNew: true))
    #expect(try other.record(id) == database.record(id))
    #expect(try other.series(of: id) == database.series(of: id))
    #expect(try other.clouds(of: id) == database.clouds(of: id))
    let (first, second) = (try database.summaries()[0], try other.summaries()[0])
    #expect(second.digest == first.digest && second.digest != nil)
    #expect(second.tags == first.tags && second.note == first.note && second.loss == first.loss)
    #expect(second.created == first.created && second.origin == first.origin)
    let record = try #require(try other.record(id))
    let again = try Session.replay(
      record.log, executedSteps: record.executedSteps, dataSource: DataFile(), threads: 1)
    #expect(try again.checkpoint.digest == first.digest?.text && other.faults().isEmpty)
    // A second time it is there already; of another log it is another run with another name.
    #expect(try RunFile(reading: path).add(to: other).isNew == false && other.ids().count == 1)
    var changed = try RunFile(reading: path)
    changed.record.log.entries = []
    let next = try changed.add(to: other)
    #expect(next.isNew && next.run != id && next.name == "two_moons-2")
    let gone = try database.summaries()[0]
    try database.delete(id)
    #expect(try RunFile(gone, in: database) == nil)
  }

  @Test("A file that says what no run says is refused in one line, and nothing is kept of it")
  func refused() throws {
    let folder = try TemporaryFolder()
    let database = try RunDatabase(folder)
    let id = try run(in: database)
    let path = folder.path + "/run.safetensors"
    _ = try #require(try RunFile(database.summaries()[0], in: database)).write(to: path)
    let file = try SafetensorsFile.read(path)
    let texts: [(key: String, text: String?, words: String)] = [
      ("format", "weights", "this is no run"), ("run", nil, "run is missing"),
      ("run", "optimizer: {batch: -1}", "batch"), ("run", "a: [", "not YAML"),
      ("id", "xyz", "id is not"), ("id", "-5", "id is not"), ("executed_steps", "3", "last edit"),
      ("executed_steps", "many", "whole number"), ("name", "a b", "a name is"),
      ("tags", "a/b", "tags or note"), ("parent", "1 2", "no place"),
      ("parent", "\(id) 1 0", "could go on from"), ("digest", "12", "digest is not"),
      ("note", String(repeating: "a", count: 1001), "tags or note"),
    ]
    for (key, text, words) in texts {
      var metadata = file.metadata
      metadata[key] = text
      try expectRefusal(SafetensorsFile(file.arrays, metadata: metadata), words, folder)
    }
    let arrays: [(name: String, array: NamedArray?, words: String)] = [
      ("series.loss.value", nil, "missing"),
      (
        "series.loss.step", NamedArray("series.loss.step", shape: [1], .float64([1])),
        "no series of steps"
      ),
      (
        "samples.32", NamedArray("samples.32", shape: [4], .float32([1, 2, 3, 4])),
        "no set of samples"
      ),
      (
        "series.mmd.value", NamedArray("series.mmd.value", shape: [1], .float64([.nan])),
        "not finite"
      ),
    ]
    for (name, array, words) in arrays {
      let kept = file.arrays.filter { $0.name != name } + [array].compactMap { $0 }
      try expectRefusal(SafetensorsFile(kept, metadata: file.metadata), words, folder)
    }
    try folder.write("no run at all", to: "bad.safetensors")
    #expect(throws: DataFileError.self) {
      try RunFile(reading: folder.path + "/bad.safetensors")
    }
  }

  private func expectRefusal(
    _ file: SafetensorsFile, _ words: String, _ folder: TemporaryFolder
  ) throws {
    let path = folder.path + "/changed.safetensors"
    try file.write(to: path)
    do {
      _ = try RunFile(reading: path)
      Issue.record("it was read: \(words)")
    } catch {
      let line = "\(error)"
      #expect(line.contains(words) && !line.contains("\n"), "\(line)")
    }
  }
}
