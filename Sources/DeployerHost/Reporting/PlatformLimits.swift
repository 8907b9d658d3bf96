/// The sizes of the Common Data Service's columns. They are characters there and bytes here, which are never fewer.
enum PlatformLimits {
    static let name = 100
    static let target = 64
    static let detail = 1_024
    static let result = 512
    static let message = 2_048
    static let url = 512
}
