const { MetadataStorage } = require("@medusajs/framework/mikro-orm/core")

// The ORM keeps what it knows of entities for the whole process, but jest loads them anew for each file.
MetadataStorage.clear()
