import { describeShard } from "../support/shards"

describeShard("locking")
