const { MetadataStorage } = require("@medusajs/framework/mikro-orm/core")

// The ORM keeps what it knows of entities for the whole process, but jest loads them anew for each file.
MetadataStorage.clear()

// Jest keeps a hundred frames of each error, which takes time where thousands of requests are refused. Node itself keeps ten.
Error.stackTraceLimit = 10
