import CommandLineTool
import Lessons
import ScoreLab
import TestSupport
import Testing

/// A preset is kept in a folder of one's own.
@Suite struct PresetFolderTests {
  private func preset(_ name: String, seed: UInt64 = 3) -> Preset {
    var configuration = RunConfiguration.start
    configuration.seed = seed
    return Preset(name: name, title: "Mine", summary: "It is mine.", configuration: configuration)
  }

  /// What keeping says, or why it failed.
  private func keep(
    _ preset: Preset, replacing: Bool = false, in folders: [String]
  ) -> (library: PresetLibrary?, words: String) {
    do throws(FileError) {
      let kept = try PresetFolders.keep(
        preset, replacing: replacing, replacer: "draw_preset!", in: folders)
      return (kept.library, kept.words)
    } catch {
      return (nil, "\(error)")
    }
  }

  @Test(
    "The last folder is made, the preset is in the list at once, and a file is not replaced unasked"
  )
  func kept() throws {
    let folder = try TemporaryFolder()
    let folders = [folder.path + "/shared", folder.path + "/a/presets"]
    let first = keep(preset("mine"), in: folders)
    #expect(first.library?.preset(named: "mine") == preset("mine"))
    #expect(first.words.hasPrefix("kept as preset mine: ") && first.words.hasSuffix("/mine.yaml"))
    let again = keep(preset("mine", seed: 4), in: folders)
    #expect(again.library == nil && again.words.contains("draw_preset! replaces it"))
    #expect(PresetLibrary.load(folders: folders).preset(named: "mine") == preset("mine"))
    let over = keep(preset("mine", seed: 4), replacing: true, in: folders)
    #expect(over.library?.preset(named: "mine") == preset("mine", seed: 4))
    #expect(folder.contents == ["a"])
  }

  @Test(
    "Without a folder, below a file, or over a folder nothing is written, and one line says why")
  func faults() throws {
    let folder = try TemporaryFolder()
    #expect(keep(preset("a"), in: []).words.contains("set HOME, XDG_CONFIG_HOME"))
    try folder.write("", to: "file")
    let below = keep(preset("a"), in: [folder.path + "/file/presets"])
    #expect(below.words.contains("this is a file, not a folder"))
    try Folder.create(folder.path + "/presets/a.yaml")
    let over = keep(preset("a"), replacing: true, in: [folder.path + "/presets"])
    #expect(over.library == nil && over.words.contains("a.yaml: "))
    for words in [below.words, over.words] { #expect(!words.contains("\n")) }
    #expect(folder.contents.sorted() == ["file", "presets"])
  }

  @Test("Where another file has the same name and stands over it, that is said")
  func hidden() throws {
    let folder = try TemporaryFolder()
    try folder.write(preset("mine", seed: 9).text, to: "z.yaml")
    let kept = keep(preset("mine"), in: [folder.path])
    #expect(kept.words.contains("another file of the folder is the preset mine"))
  }
}
