package dev.berth.operator.mirror;

/** An image as a pod names it, written out whole (distribution's reference grammar and Docker's short names). Pure. */
final class ImageText {

    private ImageText() {}

    /** `nginx` as `docker.io/library/nginx:latest`; a digest stands in place of the tag beside it. */
    static String whole(String image) {
        var at = image.indexOf('@');
        var name = at < 0 ? image : image.substring(0, at);
        var colon = name.lastIndexOf(':');
        var tagged = colon > name.lastIndexOf('/');
        var repository = withHost(tagged ? name.substring(0, colon) : name);
        if (at >= 0) {
            return repository + image.substring(at);
        }
        return repository + ":" + (tagged ? name.substring(colon + 1) : "latest");
    }

    private static String withHost(String name) {
        var slash = name.indexOf('/');
        var first = slash < 0 ? "" : name.substring(0, slash);
        if (first.contains(".") || first.contains(":") || first.equals("localhost")) {
            return first.equals("docker.io") && name.indexOf('/', slash + 1) < 0
                    ? "docker.io/library" + name.substring(slash)
                    : name.replaceFirst("^index\\.docker\\.io/", "docker.io/");
        }
        return slash < 0 ? "docker.io/library/" + name : "docker.io/" + name;
    }
}
