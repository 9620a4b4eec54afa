import OutsideText
package import ScoreLab

/// The presets there are: those of the program, and those of folders, which add to them or replace them.
package struct PresetLibrary: Sendable {
  /// In the order of their numbers.
  package private(set) var presets: [Preset] = []
  /// What is wrong with the files that could not be used.
  package private(set) var problems: [ConfigurationError] = []

  package init() {}

  /// The presets of the program; a test makes sure that every one of them can be read.
  package static let builtIn: PresetLibrary = {
    var library = PresetLibrary()
    for embedded in embeddedPresets { library.add(embedded.text, file: embedded.file) }
    return library
  }()

  /// The presets of the program, and the `.yaml` files of some folders.
  ///
  /// Of two with one name the one found last stands. A folder that does not exist is passed over.
  ///
  /// - Parameter folders: Paths of folders.
  /// - Returns: The presets, and what is wrong with files that could not be used.
  package static func load(folders: [String]) -> PresetLibrary {
    var library = builtIn
    for folder in folders {
      let names = FileName.names(in: folder) ?? []
      for name in names.filter({ $0.hasSuffix(".yaml") }).sorted() {
        let path = folder + "/" + name
        do throws(FileError) {
          library.add(try FileReader.text(path, limit: Preset.sizeLimit), file: path)
        } catch {
          library.problems.append(ConfigurationError(file: path, message: error.reason))
        }
      }
    }
    return library
  }

  /// The preset of a name; nil where there is none.
  package func preset(named name: String) -> Preset? { presets.first { $0.name == name } }

  /// Takes the text of a preset, or notes what is wrong with it.
  package mutating func add(_ text: String, file: String) {
    do throws(ConfigurationError) {
      let preset = try Preset.read(text, file: file)
      presets.removeAll { $0.name == preset.name }
      let place = presets.firstIndex { $0.number > preset.number } ?? presets.count
      presets.insert(preset, at: place)
    } catch {
      problems.append(error)
    }
  }
}
